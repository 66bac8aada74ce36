/// Whether each defence counts: it is taken out of the code, and a test must fail. In come the
/// lists of defences (resources of this package), out comes a table; nothing that is built is
/// changed.
@NullMarked
package dev.interdict.agent.defences;

import org.jspecify.annotations.NullMarked;
