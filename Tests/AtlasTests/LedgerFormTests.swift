import Testing

@testable import Atlas

@Suite("Names and addresses of ledgers") struct LedgerFormTests {
    @Test(
        "names that say the same",
        arguments: [
            ("英利国际广场A座", "英利国际广场1号楼"), ("英利国际广场一栋", "英利国际广场（1栋）"), ("ＷＦＣ大厦", "wfc大厦"), ("环球金融中心(WFC)", "环球金融中心"),
            ("环 球 金 融 中 心", "环球金融中心"), ("国贸B", "国贸2号楼"), ("枫汇大厦（原枫汇商场）", "枫汇大厦"), ("枫汇大厦（原枫汇商场）", "枫汇商场"),
            ("枫汇大厦（原枫汇商场）", "枫汇大厦（曾用名：汇商）"), ("环球大厦（南塔）", "环球大厦南塔"), ("环球大厦(T1)", "环球大厦T1"),
            ("某某·天街#3", "某某天街3栋"),
        ])
    func same(a: String, b: String) {
        #expect(NameForms(a).same.meets(NameForms(b).same), "\(NameForms(a)) \(NameForms(b))")
    }

    @Test("大厦, 大楼 and nothing differ by a word only", arguments: ["枫汇大楼", "枫汇", "枫汇写字楼"])
    func cores(name: String) { #expect(NameForms(name).cores.meets(NameForms("枫汇大厦").cores)) }

    @Test(
        "names of different buildings",
        arguments: [
            ("英利国际广场A座", "英利国际广场B座"), ("英利国际广场（1栋）", "英利国际广场（2栋）"), ("枫汇中心", "枫汇大厦"), ("国贸1", "国贸11"),
            ("英利国际广场1栋", "英利国际广场"), ("环球大厦（南塔）", "环球大厦（北塔）"), ("环球大厦（T1）", "环球大厦（T2）"),
            ("环球大厦（一期）", "环球大厦（二期）"), ("环球大厦（东区）", "环球大厦（西区）"), ("环球大厦（主楼）", "环球大厦（裙楼）"),
            ("国贸大厦（解放碑）", "解放碑"), ("环球大厦（北塔）", "环球大厦"), ("环球中心（WFC）", "环球中心（IFC）"),
        ])
    func different(a: String, b: String) {
        #expect(!NameForms(a).same.meets(NameForms(b).same))
        #expect(!NameForms(a).cores.meets(NameForms(b).cores))
    }

    @Test(
        "addresses of one plot",
        arguments: [
            ("重庆市渝中区大坪正街19号", "大坪正街19#"), ("渝中区大坪街道大坪正街１９号", "大坪正街19号"), ("大坪正街19号英利国际广场2栋30-5", "大坪正街19号"),
            ("大坪正街 19 号附3号", "大坪正街19-3号"), ("中国重庆市渝中区大坪街道大坪正街19-1号", "大坪正街19号附1号"), ("长江二路５２＃", "长江二路52号"),
            ("长江二路52#附1#", "长江二路52-1号"), ("大坪正街19号2号楼", "大坪正街19号"), ("大坪正街19", "大坪正街19号"),
        ])
    func onePlot(a: String, b: String) {
        #expect(AddressForm(a).key == AddressForm(b).key, "\(AddressForm(a)) \(AddressForm(b))")
    }

    @Test(
        "addresses of different plots",
        arguments: [
            ("大坪正街19号", "大坪正街190号"), ("大坪正街19号", "大坪支路19号"), ("大坪正街19号", "大坪正街19号附1号"),
            ("大坪正街19号", "大坪正街19号附一号"), ("大坪正街19号附一号", "大坪正街19号附二号"), ("大坪正街19-1号", "大坪正街191号"),
        ])
    func plots(a: String, b: String) { #expect(AddressForm(a).key != AddressForm(b).key) }

    @Test("the street and the number are left of an address, of one without a number all but its areas")
    func keys() {
        for (address, key) in [
            ("中国重庆市渝中区大坪街道正街3号", "正街3号"), ("中国四川省成都市锦江区春熙路8号3楼301", "春熙路8号"), ("大坪街道19号", "大坪街道19号"),
            ("区间路5号", "区间路5号"), ("重庆市场路5号", "重庆市场路5号"), ("渝中区大坪正街", "大坪正街"), ("轨道交通1号线大坪站", "轨道交通1号线大坪站"),
            ("天街（三期）7#-2", "天街三期7号"), ("", ""),
        ] {
            #expect(AddressForm(address).key == key, "\(address): \(AddressForm(address))")
        }
        #expect(AddressForm("").isEmpty && AddressForm("（-）").isEmpty)
    }

    @Test("one plot of two districts is two")
    func areas() {
        let form = AddressForm("重庆市渝中区中山路1号")
        #expect(form.isSamePlot(as: AddressForm("中山路1号")) && form.isSamePlot(as: AddressForm("渝中区中山路1号")))
        #expect(!form.isSamePlot(as: AddressForm("重庆市南岸区中山路1号")))
    }

    @Test(
        "an address without a number names no plot",
        arguments: ["大坪正街", "渝中区", "某某路口", "1号线", "解放碑1号线出口", "英利国际2号楼", "石油3号院", "中国重庆市渝中区大坪街道", "19号"])
    func noPlot(address: String) { #expect(!AddressForm(address).isExact) }
}
