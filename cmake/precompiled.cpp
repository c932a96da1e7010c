// A library needs a source; what matters are the headers precompiled with it (precompiled.cmake).
