"""What the processes of a browser that we started use: processor time by thread, and memory.

Read from Linux's `/proc`. Processor time does not count what a thread waited for others, so that it
says the same on a busy machine as on a quiet one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def browser_processes() -> list[int]:
    """Give the ids of all Chromium processes that descend from this one."""
    parents = {}
    for each in PROC.iterdir():
        if each.name.isdigit():
            try:
                stat = (each / "stat").read_text()
            except OSError:
                continue  # it ended meanwhile
            name, rest = stat[stat.index("(") + 1 :].rsplit(")", 1)
            parents[int(each.name)] = (int(rest.split()[1]), name)

    def ours(pid: int) -> bool:
        while pid in parents:
            pid = parents[pid][0]
            if pid == os.getpid():
                return True
        return False

    return [pid for pid, (_, name) in parents.items() if name.startswith("chrom") and ours(pid)]


def renderer(processes: list[int]) -> int:
    """Give the process of the page, which is the one that has a worker; LookupError if none has."""
    for pid in processes:
        if any(name.startswith("DedicatedWorker") for _, name in _threads(pid)):
            return pid
    raise LookupError("no process of the browser has a worker")


def _threads(pid: int) -> list[tuple[Path, str]]:
    found = []
    for folder in (PROC / str(pid) / "task").iterdir():
        with suppress(OSError):  # it ended meanwhile
            found.append((folder, (folder / "comm").read_text().strip()))
    return found


def processor_ms(pid: int) -> dict[str, float]:
    """Give the milliseconds that the page's main thread and its worker have computed so far."""
    spent = {"page": 0.0, "worker": 0.0}
    for folder, name in _threads(pid):
        which = "worker" if name.startswith("DedicatedWorker") else "page"
        if which == "worker" or folder.name == str(pid):
            spent[which] += int((folder / "schedstat").read_text().split()[0]) / 1e6
    return spent


def memory_mb(processes: list[int]) -> float:
    """Give the proportional set size of some processes together, in MB: shared pages count once."""
    pss = 0.0
    for pid in processes:
        try:
            rollup = (PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue  # it ended meanwhile
        fields = {line.split(":")[0]: line.split()[1] for line in rollup.splitlines()[1:]}
        pss += int(fields["Pss"]) * 1024 / 1e6
    return pss
