package dev.interdict.agent.sources;

import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.sources.brew.HomebrewSource;
import dev.interdict.agent.sources.editors.VsCodeSource;
import dev.interdict.agent.sources.linux.ApkSource;
import dev.interdict.agent.sources.linux.AppImageSource;
import dev.interdict.agent.sources.linux.DesktopSource;
import dev.interdict.agent.sources.linux.DpkgSource;
import dev.interdict.agent.sources.linux.FlatpakSource;
import dev.interdict.agent.sources.linux.PacmanSource;
import dev.interdict.agent.sources.linux.SnapSource;
import dev.interdict.agent.sources.nix.NixSource;
import dev.interdict.agent.sources.node.NpmSource;
import dev.interdict.agent.sources.programs.ProgramSource;
import dev.interdict.agent.sources.projects.ProjectSource;
import dev.interdict.agent.sources.rpm.RpmSource;
import java.util.List;

/// The list of ecosystems that a scan looks at: a new one is one line here.
public final class AllSources {
  private AllSources() {}

  /// Every source, each without state and good for any number of scans.
  public static List<Source> all() {
    return List.of(
        new NpmSource(),
        new ProgramSource(),
        new VsCodeSource(),
        new DpkgSource(),
        new RpmSource(),
        new ApkSource(),
        new PacmanSource(),
        new SnapSource(),
        new FlatpakSource(),
        new AppImageSource(),
        new DesktopSource(),
        new HomebrewSource(),
        new NixSource(),
        new ProjectSource());
  }
}
