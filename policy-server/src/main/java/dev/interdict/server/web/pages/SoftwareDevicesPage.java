package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import java.util.List;

/// `/software/devices`: the devices behind the number of one software.
final class SoftwareDevicesPage implements Page {
  static final String PATH = SoftwarePage.PATH + "/devices";

  private final Fleet fleet;

  SoftwareDevicesPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var list =
        Listed.of(
            "software-devices.jte",
            ask,
            PATH,
            "listSoftwareDevices",
            "devices",
            fleet.clock(),
            List.of("identity", "detector"),
            List.of());
    return new Shown(
        words.text("software.holders", ask.query().text("identity")),
        List.of(new Crumb(words.text("software.title"), SoftwarePage.PATH)),
        list,
        0);
  }
}
