#include "python.hpp"

PYBIND11_MODULE(_wardmap, m) {
    m.doc() = "The compiled half of wardmap; import wardmap instead.";
    wardmap::bind_errors(m);
    wardmap::bind_table(m);
    wardmap::bind_area(m);
    wardmap::bind_areal(m);
    wardmap::bind_event(m);
    wardmap::bind_indicator(m);
    wardmap::bind_statistics(m);
    wardmap::bind_cluster(m);
    wardmap::bind_lint(m);
    wardmap::bind_figure(m);
    wardmap::bind_impact(m);
    wardmap::bind_report(m);
}
