package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// AppImages in the folders that programs are put into, under any name. Those in people's own
/// folders (`Applications`, `Downloads`, `Desktop` …) are found by the walk of projects, by their
/// name.
///
/// Does not see: AppImages that nobody may execute, that lie elsewhere under another name, or that
/// were unpacked (`--appimage-extract`); early ones without the mark; which processes run from one,
/// but for the file's own, since they run under a mount of their own.
public final class AppImageSource implements Source {
  private static final List<String> HOME =
      List.of(".local/bin", "bin", ".local/opt", ".local/opt/*", ".local/share/appimages");
  private static final List<String> SYSTEM =
      List.of("opt", "opt/*", "usr/local/bin", "usr/local/appimages");

  @Override
  public String name() {
    return "appimage";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    look(new Places(home.tree(), home.home().path(), out), HOME, home.home());
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    look(new Places(system, BytePath.ROOT, out), SYSTEM, null);
  }

  private static void look(Places places, List<String> folders, @Nullable Home owner) {
    for (var pattern : folders) {
      for (var folder : places.find(places.within(), pattern)) {
        for (var entry : places.list(folder)) {
          if (entry.kind() == FileKind.REGULAR) {
            AppImages.report(places, folder.resolve(entry.name()), owner, null);
          }
        }
      }
    }
  }
}
