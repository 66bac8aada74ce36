package dev.interdict.agent.sources.browsers;

import java.util.List;

/// A browser made from Chromium, and where it keeps its profiles: a folder relative to the home, as
/// Chromium's "User Data Directory" and each vendor's documentation give it.
///
/// @param name for people, in an item's origin
/// @param userData the folder of profiles, which may contain `*`
record Browser(String name, String userData) {
  private static final String MAC = "Library/Application Support/";
  private static final String WINDOWS = "AppData/Local/";

  static final List<Browser> ALL =
      List.of(
          new Browser("Chrome", ".config/google-chrome"),
          new Browser("Chrome Beta", ".config/google-chrome-beta"),
          new Browser("Chrome Dev", ".config/google-chrome-unstable"),
          new Browser("Chrome Canary", ".config/google-chrome-canary"),
          new Browser("Chrome for Testing", ".config/google-chrome-for-testing"),
          new Browser("Chromium", ".config/chromium"),
          new Browser("Edge", ".config/microsoft-edge"),
          new Browser("Edge Beta", ".config/microsoft-edge-beta"),
          new Browser("Edge Dev", ".config/microsoft-edge-dev"),
          new Browser("Brave", ".config/BraveSoftware/Brave-Browser*"),
          new Browser("Vivaldi", ".config/vivaldi"),
          new Browser("Vivaldi Snapshot", ".config/vivaldi-snapshot"),
          new Browser("Opera", ".config/opera"),
          new Browser("Opera Beta", ".config/opera-beta"),
          new Browser("Opera Developer", ".config/opera-developer"),
          new Browser("Chromium from a snap", "snap/chromium/common/chromium"),
          new Browser("Brave from a snap", "snap/brave/*/.config/BraveSoftware/Brave-Browser"),
          new Browser("Opera from a snap", "snap/opera/*/.config/opera"),
          new Browser("Chrome from a flatpak", ".var/app/com.google.Chrome/config/google-chrome"),
          new Browser(
              "Chrome Dev from a flatpak",
              ".var/app/com.google.ChromeDev/config/google-chrome-unstable"),
          new Browser("Chromium from a flatpak", ".var/app/org.chromium.Chromium/config/chromium"),
          new Browser(
              "Chromium from a flatpak",
              ".var/app/io.github.ungoogled_software.ungoogled_chromium/config/chromium"),
          new Browser("Edge from a flatpak", ".var/app/com.microsoft.Edge/config/microsoft-edge"),
          new Browser(
              "Brave from a flatpak",
              ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser"),
          new Browser("Vivaldi from a flatpak", ".var/app/com.vivaldi.Vivaldi/config/vivaldi"),
          new Browser("Opera from a flatpak", ".var/app/com.opera.Opera/config/opera"),
          new Browser("Chrome", MAC + "Google/Chrome"),
          new Browser("Chrome Beta", MAC + "Google/Chrome Beta"),
          new Browser("Chrome Dev", MAC + "Google/Chrome Dev"),
          new Browser("Chrome Canary", MAC + "Google/Chrome Canary"),
          new Browser("Chrome for Testing", MAC + "Google/Chrome for Testing"),
          new Browser("Chromium", MAC + "Chromium"),
          new Browser("Edge", MAC + "Microsoft Edge"),
          new Browser("Edge Beta", MAC + "Microsoft Edge Beta"),
          new Browser("Edge Dev", MAC + "Microsoft Edge Dev"),
          new Browser("Edge Canary", MAC + "Microsoft Edge Canary"),
          new Browser("Brave", MAC + "BraveSoftware/Brave-Browser*"),
          new Browser("Vivaldi", MAC + "Vivaldi"),
          new Browser("Opera", MAC + "com.operasoftware.Opera*"),
          new Browser("Arc", MAC + "Arc/User Data"),
          new Browser("Dia", MAC + "Dia/User Data"),
          new Browser("Chrome", WINDOWS + "Google/Chrome/User Data"),
          new Browser("Chrome Beta", WINDOWS + "Google/Chrome Beta/User Data"),
          new Browser("Chrome Dev", WINDOWS + "Google/Chrome Dev/User Data"),
          new Browser("Chrome Canary", WINDOWS + "Google/Chrome SxS/User Data"),
          new Browser("Chromium", WINDOWS + "Chromium/User Data"),
          new Browser("Edge", WINDOWS + "Microsoft/Edge/User Data"),
          new Browser("Edge Beta", WINDOWS + "Microsoft/Edge Beta/User Data"),
          new Browser("Edge Dev", WINDOWS + "Microsoft/Edge Dev/User Data"),
          new Browser("Edge Canary", WINDOWS + "Microsoft/Edge SxS/User Data"),
          new Browser("Brave", WINDOWS + "BraveSoftware/Brave-Browser*/User Data"),
          new Browser("Vivaldi", WINDOWS + "Vivaldi/User Data"),
          new Browser(
              "Arc", WINDOWS + "Packages/TheBrowserCompany.Arc_*/LocalCache/Local/Arc/User Data"),
          new Browser("Opera", "AppData/Roaming/Opera Software/Opera*"));
}
