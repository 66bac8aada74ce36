package dev.interdict.agent.inventory;

/// Which file it is, whatever its name: device and inode number as the kernel gives them. Two names
/// of one file (hard links) have the same id.
public record FileId(long device, long inode) {}
