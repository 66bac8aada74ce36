package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;

/// What is no installation and still matters: services, entries that start with a session, handlers
/// of addresses, places that packages come from, aliases of tools, and the user's data.
///
/// Only what a user's own file starts by itself has a part, so that it can be taken away with the
/// tool that it starts: a unit, an entry or a handler in a home; and the file of a package source
/// that holds nothing else. Other machine-wide files, files of a shell and data have none.
///
/// A unit whose file is taken stays in the memory of its user's systemd, which nobody asks to
/// reload: its program is gone by then, so that starting it again fails, and it is forgotten at the
/// next reload or login.
///
/// Does not see: crontabs, drop-ins of units, what an agent of launchd starts by arguments alone,
/// services that a package brings, and data whose place was moved by a variable.
public final class ResidueSource implements Source {
  @Override
  public String name() {
    return "residue";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var remains = new Remains(home.home(), places);
    look(remains);
    UserData.look(remains);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    look(new Remains(null, new Places(system, BytePath.ROOT, out)));
  }

  private static void look(Remains remains) {
    new Services(remains).look();
    new SessionEntries(remains).look();
    new Repositories(remains).look();
    Aliases.look(remains);
  }
}
