/// \file
/// The flags of every picture (contract section 2), and pictures to files.
#pragma once

#include "session.hpp"

#include "wardmap/figure/figure.hpp"
#include "wardmap/report/map_call.hpp"

#include <CLI/App.hpp>

#include <string>
#include <utility>
#include <vector>

namespace wardmap {

struct PictureInput {
    std::string id{};
    std::string slot{"full"};
    std::string theme{"report"};
    bool no_title = false;
    std::string title{}, subtitle{}, alt{};
    std::vector<std::string> notes{};
    double dpi = 300;
    std::string template_file{};
    std::string data_out{};

    void add_options(CLI::App& app);
    /// \param fallback_id  used where --id was not given
    FigureOptions options(const std::string& fallback_id) const;
    /// To every -o (its {column}s filled in for groups), or as SVG to standard output.
    /// \throws UsageError for a picture on a terminal, and for several pictures in one file.
    void write(const std::vector<GroupFigure>& figures, Session& session) const;
};

}  // namespace wardmap
