/// Events and findings in the Open Cybersecurity Schema Framework, for a SIEM or a data lake.
///
/// In: events, rows of findings. Out: one JSON object each, of the schema's version 1.4.0.
@NullMarked
package dev.interdict.server.ocsf;

import org.jspecify.annotations.NullMarked;
