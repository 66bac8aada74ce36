package dev.interdict.server.web.pages;

import java.util.List;
import java.util.regex.Pattern;

/// What somebody types to install an agent and have it join this server. The token goes into a file
/// that its owner alone can read, and into no argument, which every user of a machine could see.
/// Pure functions.
public final class InstallLines {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./\\[\\]-]+");

  private InstallLines() {}

  /// Lines for one kind of workstation.
  ///
  /// @param kind such as `deb`, by which the page names it
  public record Lines(String kind, String text) {}

  /// For every kind of package, and for an agent that is there already.
  ///
  /// @param server where agents reach it
  /// @param root the fingerprint of the first root
  static List<Lines> of(String server, String root, String token) {
    var enrol =
        "sudo interdict-agent enrol --server "
            + sh(server)
            + " --trust-root "
            + sh(root)
            + " --token-file /root/interdict-token\n";
    return List.of(
        new Lines("deb", linux(server, root, token) + "sudo apt install ./interdict-agent_*.deb\n"),
        new Lines("rpm", linux(server, root, token) + "sudo dnf install ./interdict-agent-*.rpm\n"),
        new Lines(
            "msi",
            "msiexec /i InterdictAgent.msi /qn SERVERURL="
                + cmd(server)
                + " PINNEDKEY="
                + cmd(root)
                + " ENROLLTOKEN="
                + cmd(token)
                + "\n"),
        new Lines(
            "pkg",
            "sudo installer -pkg InterdictAgent.pkg -target /\n"
                + file("/var/root/interdict-token", token)
                + enrol.replace("/root/", "/var/root/")
                + "sudo rm /var/root/interdict-token\n"),
        new Lines(
            "enrol",
            file("/root/interdict-token", token) + enrol + "sudo rm /root/interdict-token\n"));
  }

  /// The agent's own settings file, which it reads when its package is installed.
  private static String linux(String server, String root, String token) {
    return "sudo mkdir -p /etc/interdict-agent/enrol.conf.d\n"
        + file(
            "/etc/interdict-agent/enrol.conf.d/10-site.conf",
            "INTERDICT_SERVER="
                + server
                + "\nINTERDICT_ROOT_KEY="
                + root
                + "\nINTERDICT_ENROL_TOKEN="
                + token);
  }

  private static String file(String path, String content) {
    return "sudo sh -c 'umask 077; cat > " + path + "' <<'END'\n" + content + "\nEND\n";
  }

  private static String sh(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private static String cmd(String value) {
    return PLAIN.matcher(value).matches() ? value : "\"" + value.replace("\"", "") + "\"";
  }
}
