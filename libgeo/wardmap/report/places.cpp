#include "wardmap/report/places.hpp"

#include "wardmap/report/project.hpp"

namespace wardmap {

std::string Places::whole() const {
    return areas_.whole().empty() ? "all " + noun() + "s" : areas_.whole();
}

std::string Places::id(std::size_t area) const {
    return id_from(noun() + "-" + areas_.codes()[area]);
}

std::string Places::target(const std::string& code) const {
    const AreaIndex area = areas_.index_of(code);
    return area == no_area || !have_pages() ? std::string() : "#" + id(static_cast<std::size_t>(area));
}

}  // namespace wardmap
