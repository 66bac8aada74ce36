/// What browsers record of their extensions, and of the programs that extensions may talk to.
@NullMarked
package dev.interdict.agent.sources.browsers;

import org.jspecify.annotations.NullMarked;
