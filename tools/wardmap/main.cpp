#include "wardmap/base/version.hpp"

#include <cstdio>

int main() {
    std::printf("wardmap %s\n", wardmap::version.data());
    return 0;
}
