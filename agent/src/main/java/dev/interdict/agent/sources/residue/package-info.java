/// What tools leave behind, and what could bring them back: services, entries that start with a
/// session, handlers of addresses, places that packages come from, aliases, and the user's data. No
/// installation by itself; told, and of the user's data nothing is ever a part.
@NullMarked
package dev.interdict.agent.sources.residue;

import org.jspecify.annotations.NullMarked;
