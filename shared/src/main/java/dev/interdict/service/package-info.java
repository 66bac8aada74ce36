/// What a resident program of ours tells the service manager that started it (systemd): that it is
/// ready, that it goes on, that it stops.
///
/// In: the environment that the manager gave us. Out: datagrams on its socket, or nothing where
/// there is none. Never fails a program for what the manager does not hear.
@NullMarked
package dev.interdict.service;

import org.jspecify.annotations.NullMarked;
