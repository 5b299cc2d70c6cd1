<?xml version="1.0" encoding="utf-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:w="http://example.org/w">
<gml:featureMember><w:place gml:id="p1"><w:code>A1</w:code><w:geom><gml:Polygon srsName="urn:ogc:def:crs:EPSG::27700"><gml:exterior>
<gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>430000 280000 431000 281000 432000 280000</gml:posList></gml:Arc>
<gml:LineStringSegment><gml:posList>432000 280000 430000 280000</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>
</gml:exterior></gml:Polygon></w:geom></w:place></gml:featureMember>
<gml:featureMember><w:place gml:id="p2"><w:code>A2</w:code><w:geom><gml:Polygon srsName="urn:ogc:def:crs:EPSG::27700"><gml:exterior>
<gml:LinearRing><gml:posList>430000 270000 431000 270000 431000 271000 430000 270000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></w:geom></w:place></gml:featureMember>
</wfs:FeatureCollection>
