#include "wardmap/report/docx_package.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/markup.hpp"
#include "wardmap/io/input_file.hpp"
#include "wardmap/io/zip_file.hpp"
#include "wardmap/render/plain_text.hpp"
#include "wardmap/report/docx_house.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr double mm_per_twip = 25.4 / 1440;
// Of a document that does not say: A4 in twips. Its margins are an inch then.
constexpr int default_page_width = 11906;
constexpr int default_page_height = 16838;
constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr const char* package_namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr const char* word_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* main_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
constexpr const char* numbering_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
constexpr const char* core_type = "application/vnd.openxmlformats-package.core-properties+xml";
constexpr const char* core_relation =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

constexpr std::string_view bullet_list =
    R"(<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum>)";

std::string text_of(const pugi::xml_document& xml) {
    std::ostringstream out;
    xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    return out.str();
}

/// "word/document.xml" -> "word/_rels/document.xml.rels"
std::string relations_of(const std::string& part) {
    const std::filesystem::path path(part);
    return (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string();
}

/// Where a relation of `part` leads.
std::string target_of(const std::string& part, const std::string& target) {
    if (target.starts_with('/')) return target.substr(1);
    return (std::filesystem::path(part).parent_path() / target).lexically_normal().generic_string();
}

void append_xml(pugi::xml_node to, std::string_view xml) {
    pugi::xml_document one;
    one.load_buffer(xml.data(), xml.size(), pugi::parse_full & ~pugi::parse_declaration);
    for (const pugi::xml_node child : one.children()) to.append_copy(child).remove_attribute("xmlns:w");
}

int largest(const pugi::xml_node& list, const char* element, const char* attribute) {
    int most = 0;
    for (const pugi::xml_node one : list.children(element))
        most = std::max(most, one.attribute(attribute).as_int());
    return most;
}

std::string date_text(std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace

std::string xml_text(std::string_view text) {
    return escape_markup(plain_text(text));
}

struct DocxPackage::Data {
    std::string file{};  ///< for messages
    std::vector<ZipPart> parts{};
    std::string document_name{};
    pugi::xml_document document{};
    pugi::xml_document types{};
    pugi::xml_document relations{};  ///< of the document
    pugi::xml_document styles{};
    std::string styles_name{};
    std::map<DocxStyle, std::string> style_ids{};
    std::string bullets{};  ///< w:numPr of a list of ours; empty: the style has its own
    double text_width_mm = 0;
    double text_height_mm = 0;
    std::size_t pictures = 0;

    void open(std::vector<ZipPart> all);
    ZipPart* part(const std::string& name);
    ZipPart& needed(const std::string& name);
    void put(const std::string& name, std::string bytes, ZipPacking packing = ZipPacking::deflated);
    void parse(pugi::xml_document& into, const std::string& name);
    std::string find_target(const pugi::xml_document& of, const std::string& part, const char* type) const;
    std::string relate(const char* type, const std::string& target);
    void declare_type(const std::string& part, const char* type);
    void measure_page();
    void find_styles();
    void make_bullets();
    [[noreturn]] void refuse(const std::string& why) const {
        throw InputError("this is no Word document that can be a template: " + why, {.file = file},
                         "save it as .docx in Word or LibreOffice");
    }
};

ZipPart* DocxPackage::Data::part(const std::string& name) {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const ZipPart& p) { return p.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

ZipPart& DocxPackage::Data::needed(const std::string& name) {
    ZipPart* const found = part(name);
    if (found == nullptr) refuse("it has no part " + name);
    return *found;
}

void DocxPackage::Data::put(const std::string& name, std::string bytes, ZipPacking packing) {
    if (ZipPart* const known = part(name)) {
        known->bytes = std::move(bytes);
        return;
    }
    parts.push_back({name, std::move(bytes), packing});
}

void DocxPackage::Data::parse(pugi::xml_document& into, const std::string& name) {
    const ZipPart& found = needed(name);
    const auto result = into.load_buffer(found.bytes.data(), found.bytes.size(), pugi::parse_full);
    if (!result) refuse(name + " is broken: " + result.description());
}

std::string DocxPackage::Data::find_target(const pugi::xml_document& of, const std::string& part,
                                           const char* type) const {
    for (const pugi::xml_node relation : of.document_element().children("Relationship")) {
        if (std::string_view(relation.attribute("Type").value()).ends_with(std::string("/") + type))
            return target_of(part, relation.attribute("Target").value());
    }
    return {};
}

std::string DocxPackage::Data::relate(const char* type, const std::string& target) {
    pugi::xml_node list = relations.document_element();
    std::set<std::string> taken;
    for (const pugi::xml_node one : list.children()) taken.insert(one.attribute("Id").value());
    std::string id;
    for (std::size_t n = taken.size() + 1; id.empty() || taken.count(id) > 0; ++n)
        id = "rId" + std::to_string(n);
    pugi::xml_node relation = list.append_child("Relationship");
    relation.append_attribute("Id") = id.c_str();
    relation.append_attribute("Type") = (std::string(office) + type).c_str();
    relation.append_attribute("Target") = target.c_str();
    return id;
}

void DocxPackage::Data::declare_type(const std::string& part, const char* type) {
    pugi::xml_node list = types.document_element();
    const std::string name = "/" + part;
    for (pugi::xml_node one : list.children("Override")) {
        if (one.attribute("PartName").value() != name) continue;
        one.attribute("ContentType") = type;
        return;
    }
    pugi::xml_node one = list.append_child("Override");
    one.append_attribute("PartName") = name.c_str();
    one.append_attribute("ContentType") = type;
}

void DocxPackage::Data::open(std::vector<ZipPart> all) {
    parts = std::move(all);
    parse(types, "[Content_Types].xml");
    pugi::xml_document package;
    parse(package, "_rels/.rels");
    document_name = find_target(package, "", "officeDocument");
    if (document_name.empty()) refuse("it names no document");
    parse(document, document_name);
    if (std::string_view(document.document_element().name()) != "w:document" ||
        !document.document_element().child("w:body"))
        refuse(document_name + " is no text");
    const std::string relations_name = relations_of(document_name);
    if (part(relations_name) == nullptr) {
        put(relations_name, "<Relationships xmlns=\"" + std::string(package_namespace) + "\"/>");
    }
    parse(relations, relations_name);
    styles_name = find_target(relations, document_name, "styles");
    if (styles_name.empty()) refuse("it has no styles");
    parse(styles, styles_name);
    declare_type(document_name, main_type);  // a .dotx says that it is a template
    measure_page();
    find_styles();
    make_bullets();
}

void DocxPackage::Data::measure_page() {
    const pugi::xml_node section = document.document_element().child("w:body").child("w:sectPr");
    const pugi::xml_node size = section.child("w:pgSz");
    const pugi::xml_node margin = section.child("w:pgMar");
    const double width = size.attribute("w:w").as_double(default_page_width);
    const double height = size.attribute("w:h").as_double(default_page_height);
    text_width_mm =
        (width - margin.attribute("w:left").as_double(1440) - margin.attribute("w:right").as_double(1440)) *
        mm_per_twip;
    text_height_mm = (height - std::abs(margin.attribute("w:top").as_double(1440)) -
                      std::abs(margin.attribute("w:bottom").as_double(1440))) *
                     mm_per_twip;
    if (text_width_mm < 50 || text_height_mm < 50) refuse("its page leaves no room between the margins");
}

void DocxPackage::Data::find_styles() {
    pugi::xml_node list = styles.document_element();
    std::map<std::string, std::string> by_name;
    std::set<std::string> ids;
    for (const pugi::xml_node style : list.children("w:style")) {
        const std::string id = style.attribute("w:styleId").value();
        ids.insert(id);
        by_name.emplace(lower_ascii(style.child("w:name").attribute("w:val").value()), id);
    }
    for (const DocxHouseStyle& house : docx_house_styles()) {
        const auto known = by_name.find(lower_ascii(house.name));
        if (known != by_name.end()) {
            style_ids[house.style] = known->second;
            continue;
        }
        std::string id(house.id);
        while (ids.count(id) > 0) id += "Wardmap";
        append_xml(list, house.xml);
        list.last_child().attribute("w:styleId") = id.c_str();
        ids.insert(id);
        style_ids[house.style] = id;
    }
    // Screen readers and the spelling checker take the language from here.
    pugi::xml_node defaults = list.child("w:docDefaults");
    if (!defaults) defaults = list.prepend_child("w:docDefaults");
    pugi::xml_node run = defaults.child("w:rPrDefault");
    if (!run) run = defaults.prepend_child("w:rPrDefault");
    pugi::xml_node properties = run.child("w:rPr");
    if (!properties) properties = run.append_child("w:rPr");
    pugi::xml_node language = properties.child("w:lang");
    if (!language) language = properties.append_child("w:lang");
    if (!language.attribute("w:val")) language.append_attribute("w:val");
    language.attribute("w:val") = "en-GB";
}

void DocxPackage::Data::make_bullets() {
    for (const pugi::xml_node style : styles.document_element().children("w:style")) {
        if (style_ids[DocxStyle::bullet] != style.attribute("w:styleId").value()) continue;
        if (style.child("w:pPr").child("w:numPr")) return;
    }
    std::string name = find_target(relations, document_name, "numbering");
    pugi::xml_document numbering;
    if (name.empty()) {
        name = target_of(document_name, "numbering.xml");
        numbering.append_child("w:numbering").append_attribute("xmlns:w") = word_namespace;
        declare_type(name, numbering_type);
        relate("numbering", "numbering.xml");
    } else {
        parse(numbering, name);
    }
    pugi::xml_node list = numbering.document_element();
    const int abstract = largest(list, "w:abstractNum", "w:abstractNumId") + 1;
    const int number = largest(list, "w:num", "w:numId") + 1;
    pugi::xml_document ours;
    ours.load_buffer(bullet_list.data(), bullet_list.size());
    // All abstract numberings stand in front of the numbers.
    const pugi::xml_node first_number = list.child("w:num");
    pugi::xml_node added = first_number ? list.insert_copy_before(ours.document_element(), first_number)
                                        : list.append_copy(ours.document_element());
    added.remove_attribute("xmlns:w");
    added.append_attribute("w:abstractNumId") = abstract;
    pugi::xml_node use = list.append_child("w:num");
    use.append_attribute("w:numId") = number;
    use.append_child("w:abstractNumId").append_attribute("w:val") = abstract;
    put(name, text_of(numbering));
    bullets = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"" + std::to_string(number) + "\"/></w:numPr>";
}

DocxPackage::DocxPackage() : data_(std::make_unique<Data>()) {
    data_->file = "the house's Word document";
    data_->open(docx_house_parts());
}

DocxPackage::DocxPackage(const std::string& template_file) : data_(std::make_unique<Data>()) {
    data_->file = template_file;
    const std::string bytes = read_input(template_file);
    if (!bytes.starts_with("PK")) data_->refuse("it is no .docx or .dotx");
    data_->open(zip_parts(bytes, template_file));
}

DocxPackage::DocxPackage(DocxPackage&&) noexcept = default;
DocxPackage& DocxPackage::operator=(DocxPackage&&) noexcept = default;
DocxPackage::~DocxPackage() = default;

std::string DocxPackage::style(DocxStyle style) const {
    const std::string& id = data_->style_ids.at(style);
    if (style == DocxStyle::table) return "<w:tblStyle w:val=\"" + xml_text(id) + "\"/>";
    return "<w:pStyle w:val=\"" + xml_text(id) + "\"/>" + (style == DocxStyle::bullet ? data_->bullets : "");
}

double DocxPackage::text_width_mm() const {
    return data_->text_width_mm;
}
double DocxPackage::text_height_mm() const {
    return data_->text_height_mm;
}

void DocxPackage::turn_page() {
    pugi::xml_node body = data_->document.document_element().child("w:body");
    pugi::xml_node section = body.child("w:sectPr");
    if (!section) section = body.append_child("w:sectPr");
    pugi::xml_node size = section.child("w:pgSz");
    if (!size) size = section.append_child("w:pgSz");
    const int width = size.attribute("w:w").as_int(default_page_width);
    const int height = size.attribute("w:h").as_int(default_page_height);
    if (width >= height) return;
    size.remove_attributes();
    size.append_attribute("w:w") = height;
    size.append_attribute("w:h") = width;
    size.append_attribute("w:orient") = "landscape";
    data_->measure_page();
}

std::string DocxPackage::add_png(std::string_view name, std::string bytes) {
    Data& d = *data_;
    if (d.pictures++ == 0) {
        pugi::xml_node list = d.types.document_element();
        const auto is_png = [](const pugi::xml_node& one) {
            return lower_ascii(one.attribute("Extension").value()) == "png";
        };
        if (!list.find_child(is_png)) {
            pugi::xml_node one = list.prepend_child("Default");
            one.append_attribute("Extension") = "png";
            one.append_attribute("ContentType") = "image/png";
        }
    }
    const std::string target = "media/wardmap-" + std::string(name) + ".png";
    d.put(target_of(d.document_name, target), std::move(bytes), ZipPacking::stored);
    return d.relate("image", target);
}

std::string DocxPackage::take(std::string_view body, const DocxProperties& properties) {
    Data& d = *data_;
    // The template's own text goes; its last section's page, header and footer stay.
    pugi::xml_node old = d.document.document_element().child("w:body");
    std::ostringstream section;
    if (const pugi::xml_node last = old.child("w:sectPr")) last.print(section, "", pugi::format_raw);
    pugi::xml_node root = d.document.document_element();
    for (const auto& [prefix, space] : std::array<std::pair<const char*, const char*>, 5>{
             {{"xmlns:w", word_namespace},
              {"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
              {"xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"},
              {"xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"},
              {"xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"}}}) {
        if (!root.attribute(prefix)) root.append_attribute(prefix) = space;
    }
    root.remove_child(old);
    root.append_child("w:body").append_child(pugi::node_pcdata).set_value("@");
    std::string text = text_of(d.document);
    constexpr std::string_view mark = "<w:body>@</w:body>";
    text.replace(text.find(mark), mark.size(), "<w:body>" + std::string(body) + section.str() + "</w:body>");
    d.put(d.document_name, std::move(text));
    d.put(d.styles_name, text_of(d.styles));
    d.put(relations_of(d.document_name), text_of(d.relations));

    constexpr const char* core = "docProps/core.xml";
    pugi::xml_document package;
    d.parse(package, "_rels/.rels");
    std::string core_name = d.find_target(package, "", "core-properties");
    if (core_name.empty()) {
        core_name = core;
        pugi::xml_node relation = package.document_element().append_child("Relationship");
        relation.append_attribute("Id") = "rIdWardmapCore";
        relation.append_attribute("Type") = core_relation;
        relation.append_attribute("Target") = core;
        d.put("_rels/.rels", text_of(package));
    }
    d.declare_type(core_name, core_type);
    const std::string date = date_text(properties.created_s);
    d.put(core_name,
          "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties "
          "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
          "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
              xml_text(properties.title) + "</dc:title><dc:creator>" + xml_text(properties.author) +
              "</dc:creator><dc:description>" + xml_text(properties.summary) +
              "</dc:description><dc:language>en-GB</dc:language><dcterms:created "
              "xsi:type=\"dcterms:W3CDTF\">" +
              date + "</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">" + date +
              "</dcterms:modified></cp:coreProperties>");
    d.put("[Content_Types].xml", text_of(d.types));
    return zip_bytes(d.parts);
}

}  // namespace wardmap
