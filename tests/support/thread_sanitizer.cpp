// Told to the thread sanitizer at its start; nobody asks in other builds.
extern "C" const char* __tsan_default_suppressions();

/// Cairo hands freed contexts from thread to thread by atomic exchange, which the sanitizer cannot see in a
/// library that it has not compiled.
extern "C" const char* __tsan_default_suppressions() {
    return "race:libcairo.so\n";
}
