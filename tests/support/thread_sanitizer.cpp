// Told to the thread sanitizer at its start; nobody asks in other builds.
extern "C" const char* __tsan_default_suppressions();

/// libzip asks mktime(), which sets the time zone under a lock within glibc.
extern "C" const char* __tsan_default_suppressions() {
    return "race:libzip.so\n";
}
