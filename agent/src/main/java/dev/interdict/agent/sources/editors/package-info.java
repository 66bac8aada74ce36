/// What editors record of their extensions.
@NullMarked
package dev.interdict.agent.sources.editors;

import org.jspecify.annotations.NullMarked;
