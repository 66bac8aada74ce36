/// What a running server is set up as, for the people who look after it: its settings by name, its
/// certificate, the systems that it talks to and whether they listen. Holds no secret, changes
/// nothing.
@NullMarked
package dev.interdict.server.about;

import org.jspecify.annotations.NullMarked;
