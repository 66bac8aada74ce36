package dev.interdict.agent.sources.shell;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.TextFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A file that a shell or a session reads when it starts.
///
/// @param path under which the shell knows it; it may be a link
public record StartupFile(BytePath path, Language language) {

  /// Files of one language.
  ///
  /// @param folders pattern of their folders, relative to the home or the root
  /// @param names patterns of their names
  private record Kind(Language language, String folders, List<String> names) {}

  /// bash(1) INVOCATION, zsh(1) FILES and its `ZDOTDIR` as many people set it, ksh(1), tcsh(1),
  /// fish(1), PowerShell's about_Profiles, environment.d(5), pam_env(8), Plasma's session scripts.
  private static final List<Kind> IN_HOMES =
      List.of(
          new Kind(
              Language.SH,
              "",
              List.of(
                  ".profile",
                  ".bashrc",
                  ".bash_profile",
                  ".bash_login",
                  ".bash_aliases",
                  ".zshenv",
                  ".zprofile",
                  ".zshrc",
                  ".zlogin",
                  ".kshrc",
                  ".xprofile",
                  ".xsessionrc")),
          new Kind(
              Language.SH, ".config/zsh", List.of(".zshenv", ".zprofile", ".zshrc", ".zlogin")),
          new Kind(Language.SH, ".config/plasma-workspace/env", List.of("*.sh")),
          new Kind(Language.CSH, "", List.of(".cshrc", ".tcshrc", ".login")),
          new Kind(Language.FISH, ".config/fish", List.of("config.fish")),
          new Kind(Language.FISH, ".config/fish/conf.d", List.of("*.fish")),
          new Kind(Language.FISH_VARIABLES, ".config/fish", List.of("fish_variables")),
          new Kind(Language.POWERSHELL, ".config/powershell", List.of("*rofile.ps1")),
          new Kind(Language.POWERSHELL, "Documents/PowerShell", List.of("*rofile.ps1")),
          new Kind(Language.POWERSHELL, "Documents/WindowsPowerShell", List.of("*rofile.ps1")),
          new Kind(Language.ASSIGNMENTS, "", List.of(".pam_environment")),
          new Kind(Language.ASSIGNMENTS, ".config/environment.d", List.of("*.conf")));

  private static final List<Kind> ON_MACHINES =
      List.of(
          new Kind(
              Language.SH,
              "etc",
              List.of("profile", "bash.bashrc", "bashrc", "zshenv", "zprofile", "zshrc", "zlogin")),
          new Kind(Language.SH, "etc/profile.d", List.of("*.sh")),
          new Kind(Language.SH, "etc/zsh", List.of("zshenv", "zprofile", "zshrc", "zlogin")),
          new Kind(Language.CSH, "etc", List.of("csh.cshrc", "csh.login")),
          new Kind(Language.FISH, "etc/fish", List.of("config.fish")),
          new Kind(Language.FISH, "etc/fish/conf.d", List.of("*.fish")),
          new Kind(Language.ASSIGNMENTS, "etc", List.of("environment")),
          new Kind(Language.ASSIGNMENTS, "etc/environment.d", List.of("*.conf")));

  /// The files that there may be in the home or on the machine that `places` looks at.
  public static List<StartupFile> in(Places places) {
    var files = new ArrayList<StartupFile>();
    for (var kind : places.within().depth() == 0 ? ON_MACHINES : IN_HOMES) {
      for (var name : kind.names()) {
        for (var path : TextFiles.named(places, kind.folders(), name)) {
          files.add(new StartupFile(path, kind.language()));
        }
      }
    }
    return files;
  }

  /// What it says; nothing where it is not there, and a gap where it cannot be read.
  ///
  /// @param valuesOf the variables whose values are asked for
  public List<Statement> statements(Places places, Set<String> valuesOf) {
    var text = TextFiles.text(places, path);
    return text == null ? List.of() : language.statements(text, valuesOf);
  }
}
