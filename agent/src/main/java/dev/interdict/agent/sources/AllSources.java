package dev.interdict.agent.sources;

import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.sources.apple.AppBundleSource;
import dev.interdict.agent.sources.apple.ReceiptSource;
import dev.interdict.agent.sources.brew.HomebrewSource;
import dev.interdict.agent.sources.browsers.ChromeSource;
import dev.interdict.agent.sources.browsers.FirefoxSource;
import dev.interdict.agent.sources.browsers.ForcedSource;
import dev.interdict.agent.sources.browsers.NativeMessagingSource;
import dev.interdict.agent.sources.cargo.CargoSource;
import dev.interdict.agent.sources.containers.ImageStoreSource;
import dev.interdict.agent.sources.editors.JetBrainsSource;
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
import dev.interdict.agent.sources.programs.BinSource;
import dev.interdict.agent.sources.programs.ProgramSource;
import dev.interdict.agent.sources.projects.ProjectSource;
import dev.interdict.agent.sources.python.PythonSource;
import dev.interdict.agent.sources.residue.ResidueSource;
import dev.interdict.agent.sources.rpm.RpmSource;
import dev.interdict.agent.sources.use.EnvironmentSource;
import dev.interdict.agent.sources.use.ModelSource;
import dev.interdict.agent.sources.windows.AppxSource;
import dev.interdict.agent.sources.windows.ChocolateySource;
import dev.interdict.agent.sources.windows.HiveFiles;
import dev.interdict.agent.sources.windows.Registry;
import dev.interdict.agent.sources.windows.ScoopSource;
import dev.interdict.agent.sources.windows.SquirrelSource;
import dev.interdict.agent.sources.windows.UninstallSource;
import dev.interdict.agent.sources.windows.WingetSource;
import dev.interdict.agent.sources.windows.WslSource;
import java.util.List;

/// The list of ecosystems that a scan looks at: a new one is one line here.
public final class AllSources {
  private AllSources() {}

  /// Every source, each without state and good for any number of scans; a registry is read from its
  /// files.
  public static List<Source> all() {
    return all(new HiveFiles());
  }

  /// The same, with a registry that is had from elsewhere.
  public static List<Source> all(Registry registry) {
    return List.of(
        new NpmSource(),
        new PythonSource(),
        new CargoSource(),
        new HomebrewSource(),
        new NixSource(),
        new DpkgSource(),
        new RpmSource(),
        new ApkSource(),
        new PacmanSource(),
        new SnapSource(),
        new FlatpakSource(),
        new AppImageSource(),
        new DesktopSource(),
        new ProgramSource(),
        new BinSource(),
        new VsCodeSource(),
        new JetBrainsSource(),
        new ChromeSource(),
        new FirefoxSource(),
        new ForcedSource(),
        new NativeMessagingSource(),
        new AppBundleSource(),
        new ReceiptSource(),
        new UninstallSource(registry),
        new WingetSource(registry),
        new AppxSource(registry),
        new ScoopSource(),
        new ChocolateySource(),
        new SquirrelSource(),
        new WslSource(registry),
        new ProjectSource(),
        new ImageStoreSource(),
        new EnvironmentSource(),
        new ModelSource(),
        new ResidueSource());
  }
}
