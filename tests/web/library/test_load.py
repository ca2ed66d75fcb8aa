# SPDX-License-Identifier: Apache-2.0
"""Loading packs: twice is once, the site's own edits stay, a broken pack changes nothing."""

import pytest
from django.conf import settings

from hipfirst.packs.problems import BrokenPackError
from hipfirst.web.library.actions import LoadReport, pack_load
from hipfirst.web.library.errors import BakedFileError, PackConflictError
from hipfirst.web.library.models import Document, Facet, Pack, PackFile

pytestmark = pytest.mark.django_db


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Pack, Document, Facet, PackFile)
    ]


def document(slug):
    return Document.objects.get(slug=slug)


def test_the_starter_pack_loads_and_loading_it_again_changes_nothing(starter, starter_documents):
    before = everything()
    report = pack_load(settings.STARTER_PACK)
    assert report == LoadReport(unchanged=len(starter_documents.documents))
    assert everything() == before


def test_a_document_is_stored_unchanged(starter, starter_documents):
    for filed in starter_documents.documents:
        row = Document.objects.get(kind=filed.kind, slug=filed.slug)
        assert row.body == filed.data
        assert row.content_hash == filed.content_hash


def test_a_changed_document_gets_a_new_version(folder):
    pack_load(folder.exercise("march").root)
    assert pack_load(folder.exercise("march", kit=["chair"], name="March").root) == LoadReport(
        changed=1
    )
    row = document("march")
    assert (row.version, row.title) == (2, "March")
    assert list(row.facets.filter(name="kit").values_list("slug", flat=True)) == ["chair"]


def test_what_was_edited_on_the_site_is_never_overwritten(folder):
    pack_load(folder.exercise("march").exercise("lift").root)
    Document.objects.filter(slug="march").update(origin="site", title="My march", published=False)
    report = pack_load(folder.exercise("march", name="Pack's march", level="strong").root)
    assert report == LoadReport(unchanged=1, kept=1)
    row = document("march")
    assert (row.title, row.level, row.published, row.version) == ("My march", "gentle", False, 1)


def test_what_vanished_from_the_pack_is_unpublished_and_comes_back(folder):
    pack_load(folder.exercise("march").exercise("lift").root)
    (folder.root / "exercises" / "lift.yaml").unlink()
    assert pack_load(folder.root) == LoadReport(unchanged=1, withdrawn=1)
    assert not document("lift").published
    assert pack_load(folder.root) == LoadReport(unchanged=1)
    assert pack_load(folder.exercise("lift").root) == LoadReport(changed=1, unchanged=1)
    assert document("lift").published
    assert document("lift").version == 1


def test_what_was_edited_on_the_site_stays_when_it_vanishes_from_the_pack(folder):
    pack_load(folder.exercise("march").root)
    Document.objects.update(origin="site")
    (folder.root / "exercises" / "march.yaml").unlink()
    assert pack_load(folder.root) == LoadReport()
    assert document("march").published


def test_one_pack_leaves_the_documents_of_another_alone(folder, another):
    pack_load(folder.exercise("march").root)
    assert pack_load(another("other").exercise("lift").root) == LoadReport(added=1)
    assert document("march").published


def test_two_packs_may_not_claim_one_slug(folder, another):
    pack_load(folder.exercise("march").root)
    before = everything()
    with pytest.raises(PackConflictError, match=r"'other' brings exercise 'march'.*'small'"):
        pack_load(another("other").exercise("lift").exercise("march").root)
    assert everything() == before


def test_a_broken_pack_changes_nothing_and_names_every_problem(folder):
    pack_load(folder.exercise("march").root)
    before = everything()
    folder.exercise("march", level="hard").exercise("lift", position="flying")
    with pytest.raises(BrokenPackError) as caught:
        pack_load(folder.root)
    assert {problem.file for problem in caught.value.problems} == {
        "exercises/march.yaml",
        "exercises/lift.yaml",
    }
    assert everything() == before


def test_a_session_is_found_by_what_its_movements_are(folder):
    folder.exercise("march", position="standing", kit=["chair"], level="strong")
    folder.exercise("kneel", position="half-kneeling", kit=["cushion", "mat"])
    pack_load(folder.session("both", "march", "kneel", minutes=[7, 9]).root)
    row = document("both")
    assert (row.kneels, row.on_floor, row.level, row.minutes) == (True, True, "steady", 9)
    found = set(row.facets.values_list("name", "slug"))
    assert found >= {
        ("position", "standing"),
        ("position", "half-kneeling"),
        ("kit", "chair"),
        ("kit", "cushion"),
        ("muscle", "iliopsoas"),
        ("exercise", "march"),
    }


def test_a_session_follows_its_movements_although_its_own_document_is_the_same(folder):
    pack_load(folder.exercise("march", position="standing").session("walk", "march").root)
    assert not document("walk").on_floor
    report = pack_load(folder.exercise("march", position="supine").root)
    assert report == LoadReport(changed=2)
    assert document("walk").on_floor
    assert document("walk").version == 1


def test_what_the_motion_says_wins_over_what_the_position_suggests(folder):
    folder.exercise("squat", position="standing").bake("squat", kneels=True, on_floor=True)
    pack_load(folder.root)
    assert document("squat").kneels
    assert document("squat").on_floor


def test_the_name_of_a_file_changes_with_its_content_and_the_old_one_goes(folder):
    pack_load(folder.exercise("march").bake("march", still=b"old").root)
    old = document("march").facts["still"]
    report = pack_load(folder.bake("march", still=b"new").root)
    assert report == LoadReport(changed=1)
    new = document("march").facts["still"]
    assert old != new
    names = set(PackFile.objects.values_list("name", flat=True))
    assert new in names
    assert old not in names


def test_a_session_shows_the_stills_of_its_movements(folder):
    folder.exercise("march").bake("march").exercise("lift").bake("lift", still=b"lift")
    pack_load(folder.session("both", "march", "lift").root)
    stills = [document(slug).facts["still"] for slug in ("march", "lift")]
    assert document("both").facts["stills"] == stills


@pytest.mark.parametrize("name", ["../../secret.txt", "/etc/hostname", "clips/absent.json", "."])
def test_an_index_may_name_only_files_of_its_own_folder(folder, tmp_path, name):
    (tmp_path / "secret.txt").write_text("secret")
    folder.exercise("march").bake("march")
    index = folder.root / "baked" / "index.json"
    index.write_text(index.read_text().replace("stills/march.webp", name))
    with pytest.raises(BakedFileError, match="no file inside"):
        pack_load(folder.root)
    assert not Document.objects.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"exercises": [1]}', '{"exercises": {"a": 1}}'])
def test_an_index_of_another_shape_is_refused(folder, text):
    folder.exercise("march").bake("march")
    (folder.root / "baked" / "index.json").write_text(text)
    with pytest.raises(BakedFileError, match=r"index\.json"):
        pack_load(folder.root)


def test_a_moved_pack_is_found_at_its_new_place(folder, tmp_path):
    pack_load(folder.exercise("march").root)
    moved = folder.root.rename(tmp_path / "moved")
    assert pack_load(moved) == LoadReport(unchanged=1)
    assert Pack.objects.get().root == str(moved)
