/// Commands by which two people agree to what makes agents do more and is no rule: `interdict
/// proposal`, and the option that proposes.
@NullMarked
package dev.interdict.server.cli.proposal;

import org.jspecify.annotations.NullMarked;
