#include "wardmap/render/pdf_structure.hpp"

#include <algorithm>
#include <utility>

namespace wardmap {
namespace {

/// A header cell that spans has both its scope and its span in one dictionary.
std::string one_attribute(std::string entries) {
    static const std::string second = ">>/A<</O/Table/ColSpan";
    const std::size_t found = entries.find(second);
    return found == std::string::npos ? entries : entries.replace(found, second.size(), "/ColSpan");
}

}  // namespace

PdfStructure::PdfStructure() {
    elements_.push_back({"Document", -1, {}, {}, true, 0});
}

int PdfStructure::new_element(std::string type, int parent) {
    elements_.push_back({std::move(type), parent, {}, {}, false, 0});
    return static_cast<int>(elements_.size()) - 1;
}

void PdfStructure::add_entries(int element, const std::string& entries) {
    at(element).entries += entries;
}

void PdfStructure::attach(int element) {
    if (at(element).is_attached) return;
    at(element).is_attached = true;
    attach(at(element).parent);
    at(at(element).parent).kids.push_back({Kid::Kind::element, static_cast<std::size_t>(element), 0});
}

std::size_t PdfStructure::start_page(int page_id) {
    page_id_ = page_id;
    page_key_ = backs_.size();
    backs_.push_back({true, {}});
    return page_key_;
}

std::size_t PdfStructure::new_content(int element) {
    attach(element);
    std::vector<int>& contents = backs_[page_key_].elements;
    contents.push_back(element);
    at(element).kids.push_back({Kid::Kind::content, contents.size() - 1, page_id_});
    return contents.size() - 1;
}

std::size_t PdfStructure::new_annotation(int element, int annotation_id) {
    attach(element);
    at(element).kids.push_back({Kid::Kind::annotation, static_cast<std::size_t>(annotation_id), page_id_});
    backs_.push_back({false, {element}});
    return backs_.size() - 1;
}

void PdfStructure::span_short_rows() {
    for (const Element& table : elements_) {
        if (table.type != "Table") continue;
        std::size_t columns = 0;
        for (const Kid& row : table.kids) {
            if (row.kind == Kid::Kind::element)
                columns = std::max(columns, elements_[row.number].kids.size());
        }
        for (const Kid& kid : table.kids) {
            if (kid.kind != Kid::Kind::element) continue;
            const Element& row = elements_[kid.number];
            if (row.type != "TR" || row.kids.empty() || row.kids.size() == columns) continue;
            if (row.kids.back().kind != Kid::Kind::element) continue;
            elements_[row.kids.back().number].entries +=
                "/A<</O/Table/ColSpan " + std::to_string(columns - row.kids.size() + 1) + ">>";
        }
    }
}

int PdfStructure::write(PdfFile& file) {
    for (Element& element : elements_) {
        if (element.is_attached) element.id = file.new_id();
    }
    const int root = file.new_id();
    span_short_rows();
    for (const Element& element : elements_) {
        if (!element.is_attached) continue;
        std::string content = "<</Type/StructElem/S/" + element.type + "/P " +
                              pdf_ref(element.parent < 0 ? root : at(element.parent).id) +
                              one_attribute(element.entries);
        // Numbers of contents stand alone if they lie on the element's own page.
        int own_page = 0;
        for (const Kid& kid : element.kids) {
            if (own_page == 0 && kid.kind == Kid::Kind::content) own_page = kid.page_id;
        }
        if (own_page != 0) content += "/Pg " + pdf_ref(own_page);
        content += "/K[";
        for (const Kid& kid : element.kids) {
            const std::string number = std::to_string(kid.number);
            switch (kid.kind) {
                case Kid::Kind::element:
                    content += pdf_ref(elements_[kid.number].id);
                    break;
                case Kid::Kind::content:
                    content += kid.page_id == own_page
                                   ? number
                                   : "<</Type/MCR/Pg " + pdf_ref(kid.page_id) + "/MCID " + number + ">>";
                    break;
                case Kid::Kind::annotation:
                    content += "<</Type/OBJR/Pg " + pdf_ref(kid.page_id) + "/Obj " + number + " 0 R>>";
                    break;
            }
            content += ' ';
        }
        content += "]>>";
        const bool is_small = element.type == "TR" || element.type == "TD" || element.type == "TH" ||
                              element.type == "P" || element.type == "Link";
        file.object(element.id, std::move(content), is_small ? PdfPacking::packed : PdfPacking::apart);
    }
    std::string numbers;
    for (std::size_t key = 0; key < backs_.size(); ++key) {
        numbers += std::to_string(key) + " ";
        if (backs_[key].is_page) numbers += '[';
        for (const int element : backs_[key].elements) numbers += pdf_ref(at(element).id) + " ";
        if (backs_[key].is_page) numbers += "] ";
    }
    const int parents = file.object("<</Nums[" + numbers + "]>>", PdfPacking::packed);
    file.object(root,
                "<</Type/StructTreeRoot/K " + pdf_ref(elements_[0].id) + "/ParentTree " + pdf_ref(parents) +
                    "/ParentTreeNextKey " + std::to_string(backs_.size()) + ">>",
                PdfPacking::apart);
    return root;
}

}  // namespace wardmap
