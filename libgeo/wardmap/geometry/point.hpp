/// \file
/// Points and boxes are common ground of coordinate systems, shapes and pages: see base/point.hpp.
#pragma once

#include "wardmap/base/point.hpp"
