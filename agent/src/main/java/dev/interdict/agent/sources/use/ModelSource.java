package dev.interdict.agent.sources.use;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.TextFiles;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models that tools are set to, from known keys of known tools' settings. Told only.
///
/// Does not see: a choice that a tool keeps in a database (`state.vscdb` of Cline's older versions,
/// Roo and Kilo) or with its service (Cursor, Windsurf, Copilot, Qoder, Trae), one given on a
/// command line, settings moved by a variable, and a model that a tool takes by default.
public final class ModelSource implements Source {
  private static final List<ModelFile> IN_HOMES =
      Stream.concat(ModelFile.IN_PROJECTS.stream(), ModelFile.IN_HOMES.stream())
          // Those of projects that lie openly in a home are found with the projects.
          .filter(file -> file.place().startsWith("."))
          .toList();

  @Override
  public String name() {
    return "model";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    for (var file : IN_HOMES) {
      look(home.home(), places, file, places.within().resolve(file.place()), null);
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    for (var file : ModelFile.ON_MACHINES) {
      look(null, places, file, BytePath.ROOT.resolve(file.place()), null);
    }
  }

  static void look(
      @Nullable Home owner, Places places, ModelFile file, BytePath path, @Nullable String origin) {
    try {
      var real = TextFiles.real(places, path);
      if (real != null) {
        for (var model : file.models(places.tree(), real)) {
          var identity = new Identity.OfModel(file.tool(), model);
          places.out().item(new Item("model", identity, null, owner, path, List.of(), origin));
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }
}
