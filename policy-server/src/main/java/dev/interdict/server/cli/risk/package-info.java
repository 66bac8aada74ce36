/// Commands on the risk register.
@NullMarked
package dev.interdict.server.cli.risk;

import org.jspecify.annotations.NullMarked;
