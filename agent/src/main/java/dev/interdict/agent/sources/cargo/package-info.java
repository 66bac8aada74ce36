/// What Rust's cargo records of the programs that it installed.
@NullMarked
package dev.interdict.agent.sources.cargo;

import org.jspecify.annotations.NullMarked;
