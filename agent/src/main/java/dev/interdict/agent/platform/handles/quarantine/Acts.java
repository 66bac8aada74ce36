package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;

/// The calls that change something on disk, each announced before it is made. Nothing else in this
/// package changes anything, so a test that stops at every announcement has stopped everywhere.
record Acts(Disk disk, Steps steps) {

  void move(Opened from, byte[] name, Opened to, byte[] newName) throws DiskException {
    steps.before("move");
    disk.move(from, name, to, newName);
  }

  void remove(Opened folder, byte[] name) throws DiskException {
    steps.before("remove");
    disk.remove(folder, name);
  }

  void removeFolder(Opened folder, byte[] name) throws DiskException {
    steps.before("remove folder");
    disk.removeFolder(folder, name);
  }

  Opened makeFolder(Opened folder, byte[] name) throws DiskException {
    steps.before("make folder");
    return disk.makeFolder(folder, name);
  }

  Opened makeFile(Opened folder, byte[] name) throws DiskException {
    steps.before("make file");
    return disk.makeFile(folder, name);
  }

  void makeLink(Opened folder, byte[] name, byte[] target, Node like) throws DiskException {
    steps.before("make link");
    disk.makeLink(folder, name, target, like);
  }

  void write(Opened file, byte[] from, int length) throws DiskException {
    steps.before("write");
    disk.write(file, from, length);
  }

  void dress(Opened made, Node like) throws DiskException {
    steps.before("dress");
    disk.dress(made, like);
  }

  void sync(Opened opened) throws DiskException {
    steps.before("sync");
    disk.sync(opened);
  }
}
