/// Removal by the machine-wide package managers of Linux: dpkg, rpm, apk, pacman, snap, flatpak.
///
/// Comes in: a package as the inventory saw it. Goes out: a rehearsed removal, and outcomes as
/// values. A manager is one file that implements
/// [dev.interdict.agent.platform.linux.managers.Packages] and one line in
/// [dev.interdict.agent.platform.linux.managers.Managers].
///
/// What holds for all of them:
///
/// - The program is an absolute path of which every folder is root's alone; its arguments are an
///   array, with `--` before the name; its environment holds a fixed `PATH` and locale and nothing
///   else.
/// - Name, version and architecture come from files that a package wrote. Each is checked by the
///   manager's grammar before it becomes an argument.
/// - A removal is rehearsed first, by the manager itself. If anything besides the one package would
///   go, or if the answer is not understood word for word, nothing is done. No option to force
///   anything is ever given, nothing is purged and nothing unneeded is swept up: settings and data
///   stay.
/// - A manager that another one holds up is asked again for a while. What a package's own script
///   does not end within its time is ended. Whether a package is gone is asked of the manager's
///   database, whatever the program's exit code says.
/// - Where systemd runs, managers run as a transient unit of their own: our unit is hardened (no
///   writing outside of our folders, no new privileges, few system calls), which the scripts of
///   packages do not survive; and a script that restarts services must not end with us. A time
///   limit on that unit ends it though we are gone.
/// - In the tree of another system (`--root`) the manager works with its option for another root,
///   and only on packages that have no scripts: those would run as root from files that somebody
///   else's system made, and a change of root confines nobody. Managers without such an option
///   refuse.
@NullMarked
package dev.interdict.agent.platform.linux.managers;

import org.jspecify.annotations.NullMarked;
