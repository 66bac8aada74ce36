/// Puts the server together and runs it.
///
/// In: a configuration and what is made elsewhere: the signer of time, the pages. Out: two
/// listeners over one database.
///
/// The one place where the slices are wired; holds no logic of its own.
@NullMarked
package dev.interdict.server.main;

import org.jspecify.annotations.NullMarked;
