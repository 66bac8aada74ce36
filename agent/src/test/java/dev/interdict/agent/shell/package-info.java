/// Tests of the snippets that new shells run.
@NullMarked
package dev.interdict.agent.shell;

import org.jspecify.annotations.NullMarked;
