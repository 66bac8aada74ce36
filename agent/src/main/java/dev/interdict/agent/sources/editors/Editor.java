package dev.interdict.agent.sources.editors;

import java.util.List;
import java.util.stream.Stream;

/// Where one editor of the VS Code family keeps what a user adds to it, and what it brings along.
/// Patterns are relative to the home.
///
/// The places are those of each product's `product.json` (`dataFolderName`, `serverDataFolderName`,
/// `nameShort`) and of VS Code's own rules for them; for the packagings, those of Snap and Flatpak.
///
/// @param name for people, in an item's origin
/// @param extensions folders whose children are extensions
/// @param userData folders that hold `User/profiles`
/// @param builtIn folders with the extensions that come with the editor itself
record Editor(String name, List<String> extensions, List<String> userData, List<String> builtIn) {

  /// All that are known by their place in a home.
  static final List<Editor> IN_HOMES =
      List.of(
          desktop("VS Code", ".vscode", "Code"),
          desktop("VS Code Insiders", ".vscode-insiders", "Code - Insiders"),
          desktop("VS Code Exploration", ".vscode-exploration", "Code - Exploration"),
          desktop("VSCodium or Code OSS", ".vscode-oss", "VSCodium", "Code - OSS"),
          desktop("VSCodium Insiders", ".vscodium-insiders", "VSCodium - Insiders"),
          desktop("Cursor", ".cursor", "Cursor"),
          desktop("Windsurf", ".windsurf", "Windsurf"),
          desktop("Windsurf Next", ".windsurf-next", "Windsurf - Next"),
          desktop("Qoder", ".qoder", "Qoder"),
          desktop("Qoder CN", ".qoder-cn", "Qoder CN"),
          desktop("Trae", ".trae", "Trae"),
          desktop("Trae CN", ".trae-cn", "Trae CN"),
          desktop("Kiro", ".kiro", "Kiro"),
          desktop("Antigravity", ".antigravity", "Antigravity"),
          desktop("Antigravity IDE", ".antigravity-ide", "Antigravity IDE"),
          desktop("Positron", ".positron", "Positron"),
          desktop("Void", ".void-editor", "Void"),
          desktop("PearAI", ".pearai", "PearAI"),
          desktop("CodeBuddy", ".codebuddy", "CodeBuddy"),
          desktop("CodeBuddy CN", ".codebuddycn", "CodeBuddy CN"),
          desktop("Azure Data Studio", ".azuredatastudio", "azuredatastudio"),
          server("VS Code Server", ".vscode-server"),
          server("VS Code Server Insiders", ".vscode-server-insiders"),
          server("VS Code Server", ".vscode-remote"),
          server("Code OSS Server", ".vscode-server-oss"),
          server("VSCodium Server", ".vscodium-server"),
          server("VSCodium Server", ".vscode-oss-server"),
          server("Cursor Server", ".cursor-server"),
          server("Windsurf Server", ".windsurf-server"),
          server("Windsurf Next Server", ".windsurf-next-server"),
          server("Qoder Server", ".qoder-server"),
          server("Qoder CN Server", ".qoder-cn-server"),
          server("Trae Server", ".trae-server"),
          server("Trae CN Server", ".trae-cn-server"),
          server("Kiro Server", ".kiro-server"),
          server("Antigravity Server", ".antigravity-server"),
          server("Antigravity IDE Server", ".antigravity-ide-server"),
          server("Positron Server", ".positron-server"),
          server("Void Server", ".void-server"),
          server("OpenVSCode Server", ".openvscode-server"),
          new Editor(
              "code-server",
              List.of(".local/share/code-server/extensions"),
              List.of(".local/share/code-server"),
              List.of(".local/lib/code-server-*/lib/vscode/extensions")),
          // Theia unpacks each archive into a folder of its own, one level further down.
          new Editor(
              "Theia",
              List.of(".theia/deployedPlugins/*", ".theia-ide/deployedPlugins/*"),
              List.of(),
              List.of()),
          snap("VS Code", "code", ".vscode", "Code"),
          snap("VS Code Insiders", "code-insiders", ".vscode-insiders", "Code - Insiders"),
          snap("VSCodium", "codium", ".vscode-oss", "VSCodium"),
          flatpak("VS Code", "com.visualstudio.code", "vscode", "Code"),
          flatpak(
              "VS Code Insiders",
              "com.visualstudio.code.insiders",
              "vscode-insiders",
              "Code - Insiders"),
          flatpak("Code OSS", "com.visualstudio.code-oss", "vscode-oss", "Code - OSS"),
          flatpak("VSCodium", "com.vscodium.codium", "codium", "VSCodium"),
          flatpak(
              "VSCodium Insiders",
              "com.vscodium.codium-insiders",
              "codium-insiders",
              "VSCodium - Insiders"),
          // Windows: an installation of one user, whose newer ones have a folder for each build.
          new Editor(
              "an editor",
              List.of(),
              List.of(),
              List.of(
                  "AppData/Local/Programs/*/resources/app/extensions",
                  "AppData/Local/Programs/Microsoft VS Code*/*/resources/app/extensions",
                  "Applications/*.app/Contents/Resources/app/extensions")));

  /// Where editors of the whole machine keep what they bring along, relative to its root.
  static final List<String> MACHINE_WIDE =
      List.of(
          "usr/share/code/resources/app/extensions",
          "usr/share/code-insiders/resources/app/extensions",
          "usr/share/codium/resources/app/extensions",
          "usr/share/codium-insiders/resources/app/extensions",
          "usr/share/cursor/resources/app/extensions",
          "usr/share/windsurf/resources/app/extensions",
          "usr/share/windsurf-next/resources/app/extensions",
          "usr/share/qoder/resources/app/extensions",
          "usr/share/trae/resources/app/extensions",
          "usr/share/trae-cn/resources/app/extensions",
          "usr/share/kiro/resources/app/extensions",
          "usr/share/antigravity/resources/app/extensions",
          "usr/share/antigravity-ide/resources/app/extensions",
          "usr/share/positron/resources/app/extensions",
          "usr/share/void/resources/app/extensions",
          "usr/lib/code/extensions",
          "usr/lib/code-server/lib/vscode/extensions",
          "opt/*/resources/app/extensions",
          "opt/*/lib/vscode/extensions",
          "var/lib/flatpak/app/com.visualstudio.code/current/active/files/extra/vscode/resources"
              + "/app/extensions",
          "var/lib/flatpak/app/com.vscodium.codium/current/active/files/share/codium/resources"
              + "/app/extensions",
          "Applications/*.app/Contents/Resources/app/extensions",
          "Program Files/*/resources/app/extensions",
          "Program Files/Microsoft VS Code*/*/resources/app/extensions");

  private static Editor desktop(String name, String dot, String... products) {
    var data =
        Stream.of(products)
            .flatMap(product ->
                Stream.of(".config/", "Library/Application Support/", "AppData/Roaming/")
                    .map(base -> base + product))
            .toList();
    return new Editor(name, List.of(dot + "/extensions"), data, List.of());
  }

  /// The end of a remote session; the two layouts of its builds are the older script's and the
  /// newer command line program's.
  private static Editor server(String name, String dot) {
    return new Editor(
        name,
        List.of(dot + "/extensions"),
        List.of(dot + "/data"),
        List.of(
            dot + "/bin/*/extensions",
            dot + "/bin/*/*/extensions",
            dot + "/cli/servers/*/server/extensions"));
  }

  /// Each revision of a snap keeps a copy of the data, for going back to it.
  private static Editor snap(String name, String snap, String dot, String product) {
    var revisions = "snap/" + snap + "/*/";
    return new Editor(
        name + " from a snap",
        List.of(revisions + dot + "/extensions"),
        List.of(revisions + ".config/" + product),
        List.of());
  }

  private static Editor flatpak(String name, String app, String data, String product) {
    var home = ".var/app/" + app + "/";
    return new Editor(
        name + " from a flatpak",
        List.of(home + "data/" + data + "/extensions", home + ".vscode/extensions"),
        List.of(home + "config/" + product),
        List.of());
  }
}
