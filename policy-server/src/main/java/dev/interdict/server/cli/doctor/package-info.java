/// `interdict-server doctor`: how a server fares, seen from its own machine.
///
/// In: the server's folder, its database and its ports. Out: one answer for each question, with
/// what to do where it is not good. Changes nothing, and prints no secret.
@NullMarked
package dev.interdict.server.cli.doctor;

import org.jspecify.annotations.NullMarked;
