"""The spelling index alone, against symspellpy, tantivy's fuzzy query and rapidfuzz over everything.

Each has a process of its own, so that memory can be told apart; they are asked in turn, some queries each, as a
service is that answers one after another. Only the search is timed: what tantivy would need to read keys out of its
documents is not counted against it.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from dictsvc.language.profiles import GENERIC, profile_of
from tests.bench import queries
from tests.bench.report import Figure

_KEYS = 400_000
_QUERIES = 300
_IN_TURN = 20
_EDITS = 2
_SEED = 400
Find = Callable[[str], list[str]]
Timed = Callable[[str], Callable[[], list[str]]]


def _own(keys: list[str]) -> Timed:
    from dictsvc.search.fuzzy.packed_texts import PackedTexts  # noqa: PLC0415
    from dictsvc.search.fuzzy.spelling_index import SpellingIndex  # noqa: PLC0415

    index = SpellingIndex(PackedTexts(keys), {})

    def search(query: str) -> Callable[[], list[str]]:
        found = index.within(query, _EDITS)
        return lambda: [neighbour.key for neighbour in found]

    return search


def _symspell(keys: list[str]) -> Timed:
    from symspellpy import SymSpell, Verbosity  # noqa: PLC0415
    from symspellpy.editdistance import DistanceAlgorithm  # noqa: PLC0415

    index = SymSpell(max_dictionary_edit_distance=_EDITS, prefix_length=7)
    index.distance_algorithm = DistanceAlgorithm.DAMERAU_OSA_FAST
    for key in keys:
        index.create_dictionary_entry(key, 1)

    def search(query: str) -> Callable[[], list[str]]:
        found = index.lookup(query, Verbosity.ALL, max_edit_distance=_EDITS)
        return lambda: [item.term for item in found]

    return search


def _tantivy(keys: list[str]) -> Timed:
    import tantivy  # noqa: PLC0415

    schema = tantivy.SchemaBuilder().add_text_field("key", stored=True, tokenizer_name="raw").build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for key in keys:
        writer.add_document(tantivy.Document(key=key))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Callable[[], list[str]]:
        fuzzy = tantivy.Query.fuzzy_term_query(schema, "key", query, distance=_EDITS, transposition_cost_one=True)
        hits = searcher.search(fuzzy, limit=100_000, count=False).hits
        return lambda: [searcher.doc(address)["key"][0] for _, address in hits]

    return search


def _rapidfuzz(keys: list[str]) -> Timed:
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    def search(query: str) -> Callable[[], list[str]]:
        found = extract(query, keys, scorer=OSA.distance, score_cutoff=_EDITS, limit=None)
        return lambda: [key for key, _, _ in found]

    return search


_CONTENDERS = {"dictsvc": _own, "symspellpy": _symspell, "tantivy": _tantivy, "rapidfuzz": _rapidfuzz}


def _serve(name: str, pipe: Connection) -> None:
    keys: list[str] = pipe.recv()
    before = _resident()
    search = _CONTENDERS[name](keys)
    # what was only needed to build goes back to the system, for each of them
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pipe.send(_resident() - before)
    while (query := pipe.recv()) is not None:
        begun = time.perf_counter()
        keys_found = search(query)
        taken = (time.perf_counter() - begun) * 1000
        pipe.send((taken, sorted(keys_found())))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1024 / 1024


def _keys(words: Sequence[str]) -> list[str]:
    """Folded keys of real headwords, and words of them put together anew until there are enough."""
    known = {profile_of("vi").keys_of(word).folded for word in words} - {""}
    real = sorted(known)
    rng = random.Random(_SEED)
    while len(known) < _KEYS:
        first, second = rng.choice(real).split(), rng.choice(real).split()
        known.add(GENERIC.keys_of(" ".join(first[:2] + second[-1:])).folded)
    return sorted(known)


def figures(words: Sequence[str]) -> list[Figure]:
    """Time and memory of each; every key within two edits has to be found."""
    keys = _keys(words)
    asked = queries.typos(words, _QUERIES)
    context = multiprocessing.get_context("spawn")
    pipes: dict[str, Connection] = {}
    processes = []
    memory: dict[str, float] = {}
    for name in _CONTENDERS:
        pipes[name], theirs = context.Pipe()
        process = context.Process(target=_serve, args=(name, theirs), daemon=True)
        process.start()
        processes.append(process)
        pipes[name].send(keys)
        memory[name] = pipes[name].recv()
    times: dict[str, list[float]] = {name: [] for name in pipes}
    missed = dict.fromkeys(pipes, 0)
    for start in range(0, len(asked), _IN_TURN):
        found: dict[str, list[set[str]]] = {name: [] for name in pipes}
        for name, pipe in pipes.items():
            for query in asked[start : start + _IN_TURN]:
                pipe.send(query)
                taken, keys_found = pipe.recv()
                times[name].append(taken)
                found[name].append(set(keys_found))
        for name in pipes:
            missed[name] += sum(len(all_ - some) for all_, some in zip(found["rapidfuzz"], found[name], strict=True))
    for pipe in pipes.values():
        pipe.send(None)
    for process in processes:
        process.join()
    return _compared(times, memory, missed)


def _compared(times: dict[str, list[float]], memory: dict[str, float], missed: dict[str, int]) -> list[Figure]:
    median = {name: statistics.median(taken) for name, taken in times.items()}
    p95 = {name: statistics.quantiles(taken, n=20)[18] for name, taken in times.items()}
    others = [name for name in times if name != "dictsvc"]
    to_tantivy = median["dictsvc"] / median["tantivy"]
    to_symspell = median["dictsvc"] / median["symspellpy"]
    to_best = p95["dictsvc"] / min(p95[name] for name in others)
    to_memory = memory["dictsvc"] / memory["symspellpy"]
    listed = [
        Figure(
            name,
            f"median {median[name]:.2f} ms, p95 {p95[name]:.2f} ms, {memory[name]:.0f} MB, {missed[name]} keys missed",
            "",
            None,
        )
        for name in times
    ]
    return [
        *listed,
        Figure("median / tantivy", f"{to_tantivy:.2f}", "at most 0.25", to_tantivy <= 0.25),
        Figure("median / symspellpy", f"{to_symspell:.2f}", "at most 1", to_symspell <= 1),
        Figure("p95 / best of the others", f"{to_best:.2f}", "at most 0.5", to_best <= 0.5),
        Figure("memory / symspellpy", f"{to_memory:.2f}", "at most 0.2", to_memory <= 0.2),
        Figure("keys missed", str(missed["dictsvc"]), "none", missed["dictsvc"] == 0),
    ]
