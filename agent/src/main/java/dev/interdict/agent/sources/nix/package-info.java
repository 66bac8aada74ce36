/// What is in the profiles of Nix.
@NullMarked
package dev.interdict.agent.sources.nix;

import org.jspecify.annotations.NullMarked;
