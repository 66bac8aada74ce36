/// What the package managers of Node record.
@NullMarked
package dev.interdict.agent.sources.node;

import org.jspecify.annotations.NullMarked;
