/// What the installers of Windows itself remove: Windows Installer by product code, the deployment
/// service by the full name of a package.
///
/// Comes in: identifiers that the scan read, checked by grammar before they are used. Goes out:
/// outcomes. The commands that programs record for their own removal are never read: whoever may
/// write them would have them run as SYSTEM.
@NullMarked
package dev.interdict.agent.platform.windows.installers;

import org.jspecify.annotations.NullMarked;
