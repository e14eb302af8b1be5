"""Runs `dateline extract` over a corpus on Spark: `extract.py CONTENT SETTINGS FOUND DATELINE PARTITIONS`.

CONTENT is the folder of the articles, which may be any path that Spark reads (`s3a://…`, `hdfs://…`);
SETTINGS is an archive of the site's settings and registry, and is sent to the workers, as is the program. Each
partition is one process: articles as lines of JSON go in, lines of annotations come out, into FOUND.
"""

import json
import os
import stat
import sys
from urllib.parse import unquote, urlparse

from pyspark import SparkContext, SparkFiles

NOT_ARTICLES = ("entities/", "pages/", "static/")


def path_below(folder, address):
    """The path of a file below the content folder; Spark names files by their whole addresses."""
    whole, root = (unquote(urlparse(one).path) for one in (address, folder))
    return whole[len(root.rstrip("/")) + 1 :]


def is_article(path):
    parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return path.lower().endswith(".md") and not hidden and not path.startswith(NOT_ARTICLES)


def program(name):
    """The command on a worker, where the files that were sent lie."""
    binary = SparkFiles.get(name)
    os.chmod(binary, os.stat(binary).st_mode | stat.S_IXUSR)
    return f"{binary} extract --annotations --stdin --content {SparkFiles.get('settings')} --jobs 1"


def annotate(name, lines):
    """One partition through one process; its failure fails the task, with what it said."""
    import subprocess
    import threading

    process = subprocess.Popen(program(name).split(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def feed():
        with process.stdin as into:
            into.writelines(line + "\n" for line in lines)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    for line in process.stdout:
        yield line.rstrip("\n")
    feeder.join()
    if process.wait():
        raise RuntimeError(f"dateline exited with {process.returncode}; its messages are in the worker's log")


def main(content, settings, found, dateline, partitions):
    context = SparkContext(appName="dateline extract")
    context.addFile(dateline)
    context.addArchive(settings + "#settings")
    folder = content if "://" in content else "file://" + content
    # Below the folder at any depth.
    context._jsc.hadoopConfiguration().set("mapreduce.input.fileinputformat.input.dir.recursive", "true")
    files = context.wholeTextFiles(folder, int(partitions))
    articles = files.map(lambda file: (path_below(folder, file[0]), file[1])).filter(lambda file: is_article(file[0]))
    lines = articles.map(lambda file: json.dumps({"path": file[0], "text": file[1]}))
    name = os.path.basename(dateline)
    lines = lines.repartition(int(partitions))
    found = found if "://" in found else "file://" + found
    lines.mapPartitions(lambda part: annotate(name, part)).saveAsTextFile(found)
    context.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
