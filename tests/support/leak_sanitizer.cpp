// GEOS 3.11 loses what it has built where it gives a shape up by an exception of its own (MakeValid of rings
// that cross at random). Its frames have no pointers to walk by, so the report ends in libgeos and nothing
// finer can be named.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: the name is the sanitizer's

const char* __lsan_default_suppressions() {
    return "leak:libgeos.so";
}
