/// Commands that write and check rules. They read and print files and publish nothing.
@NullMarked
package dev.interdict.server.cli.rule;

import org.jspecify.annotations.NullMarked;
