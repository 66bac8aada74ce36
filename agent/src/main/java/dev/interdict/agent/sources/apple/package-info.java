/// Software of macOS: application bundles and installer receipts.
@NullMarked
package dev.interdict.agent.sources.apple;

import org.jspecify.annotations.NullMarked;
