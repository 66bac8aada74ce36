package dev.interdict.server.web;

import dev.interdict.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes the pictures of the console that the documents show, of a company that is always the same:
/// `Pictures FOLDER [PART-OF-A-PICTURE'S-NAME]`. A picture is of 1280 dots, from the page's top on
/// as far as 60 KB go; with `-Dpictures.whole=true` each page is beside it from top to bottom.
public final class Pictures {
  private static final int DEVICES = 480;
  private static final int WIDTH = 1280;
  private static final int TALLEST = 960;
  private static final int LOWEST = 480;
  private static final int STEP = 80;
  private static final int COLOURS = 40;
  private static final int LARGEST = 60 << 10;

  private final PictureCompany company;
  private final Chromium browser;
  private final Path folder;
  private final String only;

  private Pictures(PictureCompany company, Chromium browser, Path folder, String only) {
    this.company = company;
    this.browser = browser;
    this.folder = folder;
    this.only = only;
  }

  /// @param arguments where to put them, and which alone
  public static void main(String... arguments) throws IOException {
    var place = Chromium.place();
    if (place == null) {
      throw new IllegalStateException("no Chromium on this machine, and nothing else takes them");
    }
    var data = Files.createTempDirectory("pictures");
    try (var company = new PictureCompany(data, DEVICES);
        var browser = Chromium.open(place, data.resolve("profile"))) {
      var only = arguments.length > 1 ? arguments[1] : "";
      new Pictures(company, browser, Path.of(arguments[0]), only).all();
    } catch (IllegalStateException | AssertionError e) {
      // A console that was half set up would keep the process alive.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void all() throws IOException {
    Files.createDirectories(folder);
    as(PictureCompany.APPROVER);
    take("overview", "/", false, "en");
    take("overview-dark-zh", "/", true, "zh-CN");
    take("rule", "/rules/claude-code", false, "en");
    take("review", "/drafts/3", false, "en");
    take("devices", "/devices?rule=claude-code", false, "en");
    take("device", "/devices/" + company.failed(), false, "en");
    take("exemptions", "/exemptions", false, "en");
    take("queue", "/queue", false, "en");
    take("software", "/software", false, "en");
    take("rings", "/rings?rule=claude-code", true, "en");
    take("releases", "/releases", false, "en");
    take("signing", "/releases/signing", false, "en");
    take("reports", "/reports", false, "en");
    take("audit", "/audit", true, "zh-CN");
    take("rules", "/rules", false, "zh-CN");
    take("proposals", "/drafts", false, "en");
    as(company.employee());
    take("me", "/me", false, "zh-CN");
  }

  private void as(String name) {
    company.console.again(name);
    browser.cookie(company.console.address(), company.console.cookie());
  }

  private void take(String name, String path, boolean dark, String language) throws IOException {
    if (!name.contains(only)) {
      return;
    }
    browser.surroundings(dark, language, WIDTH, 900);
    browser.shown("screen", dark, true);
    browser.go(company.console.address() + path);
    if (Boolean.getBoolean("pictures.whole")) {
      Files.write(folder.resolve(name + ".whole.png"), browser.picture());
    }
    for (var height = TALLEST; height >= LOWEST; height -= STEP) {
      browser.surroundings(dark, language, WIDTH, height);
      var picture = Palette.of(browser.picture(height), COLOURS);
      if (picture.length <= LARGEST) {
        Files.write(folder.resolve(name + ".png"), picture);
        System.out.printf("%-20s %6d bytes, %d high%n", name, picture.length, height);
        return;
      }
    }
    throw new IllegalStateException(name + " is more than 60 KB even where only its top is shown");
  }
}
