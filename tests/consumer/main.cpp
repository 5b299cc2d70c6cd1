#include <wardmap/wardmap.hpp>

#include <cstdio>

int main() {
    const wardmap::AreaSet wards = wardmap::read_areas("coventry-wards", {}).areas;
    std::printf("%zu %ss of %s\n", wards.size(), wards.noun().c_str(), wards.whole().c_str());
    return wards.size() == 18 ? 0 : 1;
}
