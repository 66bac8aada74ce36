/// Containers by the references that files and image stores name. Told only: an image is no
/// installation on the workstation, and nothing of it is ever taken away.
@NullMarked
package dev.interdict.agent.sources.containers;

import org.jspecify.annotations.NullMarked;
