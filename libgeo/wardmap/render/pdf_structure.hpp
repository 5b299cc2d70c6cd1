/// \file
/// The tree a screen reader walks through: document, headings, paragraphs, tables, figures, links.
#pragma once

#include "wardmap/render/pdf_file.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

/// Elements are numbered from 0, the document. One enters the tree, after its parent, when something of it
/// is first drawn: so the order of reading is the order of drawing, and no element stays empty but those
/// kept.
class PdfStructure {
public:
    static constexpr int document = 0;

    PdfStructure();
    int new_element(std::string type, int parent);
    /// Puts the element into the tree though nothing may be drawn of it: an empty cell still is a cell.
    void keep(int element) { attach(element); }
    /// Entries of the element's dictionary: "/Alt(...)".
    void add_entries(int element, const std::string& entries);
    const std::string& type(int element) const { return elements_[static_cast<std::size_t>(element)].type; }

    /// What follows is drawn on this page; the answer is its /StructParents.
    std::size_t start_page(int page_id);
    /// The number of a new piece of marked content of this element.
    std::size_t new_content(int element);
    /// The /StructParent of a link's annotation on this page.
    std::size_t new_annotation(int element, int annotation_id);

    /// Writes the tree and gives the id of its root.
    int write(PdfFile& file);

private:
    struct Kid {
        enum class Kind : unsigned char { element, content, annotation };
        Kind kind = Kind::element;
        std::size_t number = 0;  ///< of the element or content, or the annotation's id
        int page_id = 0;
    };
    struct Element {
        std::string type{};
        int parent = -1;
        std::string entries{};
        std::vector<Kid> kids{};
        bool is_attached = false;
        int id = 0;
    };
    Element& at(int element) { return elements_[static_cast<std::size_t>(element)]; }
    void attach(int element);
    /// The last cell of a row with fewer cells than its table has columns spans the rest.
    void span_short_rows();

    std::vector<Element> elements_{};
    /// The way back, by key: a page's contents in order, or the one element of an annotation.
    struct Back {
        bool is_page = false;
        std::vector<int> elements{};
    };
    std::vector<Back> backs_{};
    std::size_t page_key_ = 0;
    int page_id_ = 0;
};

}  // namespace wardmap
