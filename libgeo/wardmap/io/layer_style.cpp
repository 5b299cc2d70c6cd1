#include "wardmap/io/layer_style.hpp"

#include "wardmap/base/markup.hpp"
#include "wardmap/base/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace wardmap {
namespace {

constexpr Color outline{0xff, 0xff, 0xff, 1};
constexpr double outline_mm = 0.25;
constexpr Color no_data{0xf3, 0xf2, 0xf1, 1};

bool by_value(const LayerStyle& style) {
    return std::any_of(style.classes.begin(), style.classes.end(),
                       [](const LayerClass& c) { return !c.lower && !c.upper; });
}

std::string qml_color(const Color& c) {
    return fmt::format("{},{},{},{}", c.r, c.g, c.b, static_cast<int>(round_half_away(c.opacity * 255, 0)));
}

std::string qml_symbol(std::size_t number, const Color& fill) {
    return fmt::format(
        "   <symbol type=\"fill\" name=\"{}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
        "    <layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
        "     <prop k=\"color\" v=\"{}\"/>\n     <prop k=\"style\" v=\"solid\"/>\n"
        "     <prop k=\"outline_color\" v=\"{}\"/>\n     <prop k=\"outline_style\" v=\"solid\"/>\n"
        "     <prop k=\"outline_width\" v=\"{}\"/>\n     <prop k=\"outline_width_unit\" v=\"MM\"/>\n"
        "     <prop k=\"joinstyle\" v=\"round\"/>\n    </layer>\n   </symbol>\n",
        number, qml_color(fill), qml_color(outline), full_precision(outline_mm));
}

/// An edge that is not given lies beyond every value.
double edge(const std::optional<double>& given, double otherwise) {
    return given ? *given : otherwise;
}

std::string sld_rule(const std::string& name, const std::string& filter, const Color& fill) {
    return fmt::format(
        "    <Rule><Name>{0}</Name><Title>{0}</Title>{1}\n"
        "     <PolygonSymbolizer><Fill><CssParameter name=\"fill\">{2}</CssParameter></Fill>"
        "<Stroke><CssParameter name=\"stroke\">{3}</CssParameter><CssParameter "
        "name=\"stroke-width\">0.7</CssParameter>"
        "</Stroke></PolygonSymbolizer></Rule>\n",
        escape_markup(name), filter, hex(fill), hex(outline));
}

std::string sld_filter(const LayerStyle& style, std::size_t i) {
    const LayerClass& one = style.classes[i];
    const std::string property = "<ogc:PropertyName>" + escape_markup(style.column) + "</ogc:PropertyName>";
    const auto test = [&](const char* kind, const std::string& value) {
        return fmt::format("<ogc:{0}>{1}<ogc:Literal>{2}</ogc:Literal></ogc:{0}>", kind, property,
                           escape_markup(value));
    };
    if (!one.lower && !one.upper)
        return "<ogc:Filter>" + test("PropertyIsEqualTo", one.value) + "</ogc:Filter>";
    std::string tests;
    if (one.lower) {
        tests += test(i == 0 ? "PropertyIsGreaterThanOrEqualTo" : "PropertyIsGreaterThan",
                      full_precision(*one.lower));
    }
    if (one.upper) tests += test("PropertyIsLessThanOrEqualTo", full_precision(*one.upper));
    if (one.lower && one.upper) tests = "<ogc:And>" + tests + "</ogc:And>";
    return "<ogc:Filter>" + tests + "</ogc:Filter>";
}

}  // namespace

std::string style_qml(const LayerStyle& style) {
    std::string out =
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n";
    if (style.classes.empty()) {
        out +=
            " <renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n"
            "  <symbols>\n" +
            qml_symbol(0, no_data) + "  </symbols>\n";
    } else if (by_value(style)) {
        out += fmt::format(
            " <renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" symbollevels=\"0\" enableorderby=\"0\" "
            "forceraster=\"0\">\n  <categories>\n",
            escape_markup(style.column));
        for (std::size_t i = 0; i < style.classes.size(); ++i) {
            const LayerClass& one = style.classes[i];
            out += fmt::format(
                "   <category type=\"string\" value=\"{}\" label=\"{}\" symbol=\"{}\" render=\"true\"/>\n",
                escape_markup(one.value), escape_markup(one.label), i);
        }
        out += fmt::format(
            "   <category type=\"string\" value=\"\" label=\"No data\" symbol=\"{}\" render=\"true\"/>\n"
            "  </categories>\n  <symbols>\n",
            style.classes.size());
        for (std::size_t i = 0; i < style.classes.size(); ++i) out += qml_symbol(i, style.classes[i].color);
        out += qml_symbol(style.classes.size(), no_data) + "  </symbols>\n";
    } else {
        // QGIS takes the first range that holds a value, both edges included: (lower, upper] as here.
        out += fmt::format(
            " <renderer-v2 type=\"graduatedSymbol\" attr=\"{}\" graduatedMethod=\"GraduatedColor\" "
            "symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n  <ranges>\n",
            escape_markup(style.column));
        for (std::size_t i = 0; i < style.classes.size(); ++i) {
            const LayerClass& one = style.classes[i];
            out += fmt::format(
                "   <range lower=\"{}\" upper=\"{}\" label=\"{}\" symbol=\"{}\" render=\"true\"/>\n",
                full_precision(edge(one.lower, -1e300)), full_precision(edge(one.upper, 1e300)),
                escape_markup(one.label), i);
        }
        out += "  </ranges>\n  <symbols>\n";
        for (std::size_t i = 0; i < style.classes.size(); ++i) out += qml_symbol(i, style.classes[i].color);
        out += "  </symbols>\n";
    }
    return out + " </renderer-v2>\n</qgis>\n";
}

std::string style_sld(const LayerStyle& style, const std::string& layer_name) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" "
        "xmlns:ogc=\"http://www.opengis.net/ogc\">\n"
        " <NamedLayer><Name>" +
        escape_markup(layer_name) + "</Name><UserStyle><FeatureTypeStyle>\n";
    if (style.classes.empty()) out += sld_rule(layer_name, "", no_data);
    for (std::size_t i = 0; i < style.classes.size(); ++i) {
        out += sld_rule(style.classes[i].label, sld_filter(style, i), style.classes[i].color);
    }
    return out + " </FeatureTypeStyle></UserStyle></NamedLayer>\n</StyledLayerDescriptor>\n";
}

}  // namespace wardmap
