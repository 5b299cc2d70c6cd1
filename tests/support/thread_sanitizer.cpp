// Told to the thread sanitizer at its start; nobody asks in other builds.
extern "C" const char* __tsan_default_suppressions();

/// Cairo hands freed contexts from thread to thread by atomic exchange, which the sanitizer cannot see in a
/// library that it has not compiled. libzip asks mktime(), which sets the time zone under a lock within
/// glibc.
extern "C" const char* __tsan_default_suppressions() {
    return "race:libcairo.so\nrace:libzip.so\n";
}
