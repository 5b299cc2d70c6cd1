#include "wardmap/render/pdf_structure.hpp"

#include <utility>

namespace wardmap {

PdfStructure::PdfStructure() {
    elements_.push_back({"Document", -1, {}, {}, true, 0});
}

int PdfStructure::new_element(std::string type, int parent) {
    elements_.push_back({std::move(type), parent, {}, {}, false, 0});
    return static_cast<int>(elements_.size()) - 1;
}

void PdfStructure::add_entries(int element, const std::string& entries) { at(element).entries += entries; }

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

int PdfStructure::write(PdfFile& file) {
    for (Element& element : elements_) {
        if (element.is_attached) element.id = file.new_id();
    }
    const int root = file.new_id();
    for (const Element& element : elements_) {
        if (!element.is_attached) continue;
        std::string content = "<</Type/StructElem/S/" + element.type + "/P " +
                              pdf_ref(element.parent < 0 ? root : at(element.parent).id) + element.entries;
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
                case Kid::Kind::element: content += pdf_ref(elements_[kid.number].id); break;
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
