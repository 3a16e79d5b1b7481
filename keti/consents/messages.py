MESSAGES: dict[str, tuple[str, str]] = {
    "consents.to-roll": (
        "同意在“{programme}”的名册和公开报告的署名中登载本人姓名、称谓和单位名称，由{recipient}公开发布。"
        "是否同意不影响入选和任职。可以随时撤回；撤回后，网页和此后制作的文件不再登载本人姓名，"
        "已经印出或被他人下载的不能收回。",
        "I agree that my name, title and unit appear in the roll and in the bylines of the public "
        "reports of {programme}, published by {recipient}. Whether I agree has no bearing on "
        "admission or office. I may withdraw at any time: pages, and files made from then on, no "
        "longer carry my name; what was printed or downloaded before cannot be called back.",
    ),
    "consents.to-submission": (
        "同意将“{programme}”名册中本人的姓名、称谓和单位名称提供给该课题报送成果的国家有关部委，由{recipient}报送，"
        "用于说明参与情况。这与公开发布的名册分别征求同意。不同意不影响入选和任职。可以随时撤回；撤回后不再报送，"
        "已经报送的不能收回。",
        "I agree that my name, title and unit in the roll of {programme} are given to the "
        "ministries to which its results are submitted, by {recipient}, to show who took part. "
        "This is asked apart from the roll that is published. Whether I agree has no bearing on "
        "admission or office. I may withdraw at any time: nothing is submitted from then on; "
        "what was submitted before cannot be called back.",
    ),
    "consents.to-speech": (
        "同意在“{programme}”大会的公开议程中登载本人姓名和单位名称，由{recipient}公开发布。"
        "不同意的，议程只写题目。可以随时撤回；撤回后，网页不再登载本人姓名。",
        "I agree that my name and unit appear in the public programme of the gatherings of "
        "{programme}, published by {recipient}. Without it the programme says the topic alone. I "
        "may withdraw at any time: the pages then no longer carry my name.",
    ),
    "consents.to-honour": (
        "同意在“{programme}”荣誉的公示和证书查验网页中登载本人姓名，由{recipient}公开发布。"
        "不同意也不影响授予，网页上以编号代替姓名。可以随时撤回；撤回后，网页不再登载本人姓名。",
        "I agree that my name appears in the public notice of honours of {programme} and on the "
        "page where certificates are checked, published by {recipient}. Without it an honour is "
        "granted all the same, and the pages show its number alone. I may withdraw at any time: "
        "the pages then no longer carry my name.",
    ),
    "consents.to-recording": (
        "同意“{programme}”保存有本人形象和声音的录音录像及文字稿，供课题各方查阅，由{recipient}保管。"
        "不同意也不影响参加课题。可以随时撤回；撤回后，这些录音录像不再供他人查阅。",
        "I agree that {programme} keeps recordings in which I am seen or heard, with their "
        "transcripts, for those who take part, in the care of {recipient}. Without it I may take "
        "part all the same. I may withdraw at any time: the recordings are then no longer shown "
        "to others.",
    ),
    "consents.to-broadcast": (
        "同意“{programme}”公开播放有本人形象和声音的影像、片段和采访，并许可成员单位按约定使用，由{recipient}发布。"
        "不同意也不影响参加课题。可以随时撤回；撤回后不再新发布，已经发布的由秘书处逐一撤下或请平台撤下。",
        "I agree that {programme} shows footage, clips and interviews of me in public and lets "
        "member units use them under licence, published by {recipient}. Without it I may take "
        "part all the same. I may withdraw at any time: nothing more is then published, and the "
        "secretariat takes down what was, or asks the platforms to.",
    ),
    "consents.to-abroad": (
        "同意“{programme}”把有本人形象和声音的影像提供给中国境外的视频平台播放，由{recipient}办理。"
        "境外平台适用其所在地的法律。不同意也不影响参加课题。可以随时撤回；撤回后不再新发布，并请平台撤下。",
        "I agree that {programme} gives footage in which I am seen or heard to video platforms "
        "outside China, arranged by {recipient}. The law of their place applies there. Without it "
        "I may take part all the same. I may withdraw at any time: nothing more is then posted, "
        "and the platforms are asked to take it down.",
    ),
    "consents.recipient": ("“{programme}”秘书处", "the secretariat of {programme}"),
    "consents.only-ones-own": (
        "同意只能由本人作出；本人书面同意的，由秘书处上传书面材料代为登记。",
        "People consent for themselves; consent given on paper is recorded by the secretariat with "
        "the paper.",
    ),
    "consents.not-asked": (
        "您在“{programme}”没有职务，没有需要您答复的事项。",
        "You hold no seat in {programme}; nothing is asked of you.",
    ),
    "consents.not-of-this-programme": (
        "{who}在本课题没有职务，不在名册之列。请先任命。",
        "{who} holds no seat in this programme and would not be in its roll. Appoint them first.",
    ),
    "consents.paper-needed": (
        "请上传本人签字的书面材料（扫描件、照片或信件截图）。",
        "Upload what the person signed or wrote (a scan, a photograph, a picture of the letter).",
    ),
    "consents.nothing-to-withdraw": (
        "{who}没有生效的同意，不需要撤回。",
        "{who} has no standing consent; there is nothing to withdraw.",
    ),
    "consents.withdrawn-before-given": (
        "撤回时间早于作出同意的时间（{at}）。请核对日期。",
        "The withdrawal would lie before the consent of {at}. Check the date.",
    ),
    "consents.told-withdrawn-subject": (
        "有人撤回了同意：{programme}",
        "A consent was withdrawn: {programme}",
    ),
    "consents.withdrawn-roll": (
        "有一位人员撤回了在名册和署名中登载姓名的同意，网页和此后制作的文件不再登载这一条记录的姓名。"
        "已经打印、尚未发出的名册和报告请停止使用，重新下载。",
        "A person withdrew the consent to be named in the roll and in bylines: pages, and files "
        "made from now on, no longer carry the name from that record. Stop using printed copies "
        "that have not gone out, and download them again.",
    ),
    "consents.withdrawn-submission": (
        "有一位人员撤回了名册报送部委的同意，此后制作的报送名册不再列入这一条记录。"
        "已经制作、尚未报送的请停止使用，重新制作。",
        "A person withdrew the consent to be named in the roll that is submitted to ministries: "
        "rolls made from now on no longer carry that record. Stop using those that have not been "
        "submitted, and make them again.",
    ),
    "consents.withdrawn-speech": (
        "有一位人员撤回了在大会议程中列名的同意，网页上的议程已不再登载其姓名。已经打印、尚未分发的议程请停止使用，重新下载。",
        "A person withdrew the consent to be named in the programmes of gatherings: the pages no "
        "longer carry the name. Stop using printed programmes that have not been handed out, and "
        "download them again.",
    ),
    "consents.withdrawn-honour": (
        "有一位人员撤回了在荣誉公示和查验网页中登载姓名的同意，这些网页已改以编号代替姓名。在别处另行公布的请撤下。",
        "A person withdrew the consent to be named in notices of honours and where certificates "
        "are checked: these pages show the number alone by now. Take down whatever was announced "
        "elsewhere.",
    ),
    "consents.withdrawn-recording": (
        "有一位人员撤回了录音录像在课题内使用的同意，有其形象或声音的录音录像已不再供他人查阅。另行拷贝给他人的请收回。",
        "A person withdrew the consent to recordings being used within the programme: those in "
        "which they are seen or heard are no longer shown to others. Call back copies that were "
        "handed out.",
    ),
    "consents.withdrawn-broadcast": (
        "有一位人员撤回了影像和采访公开播放的同意，本系统不再公开有其形象或声音的影像。已经发布到别处的，请逐一撤下或请平台撤下。",
        "A person withdrew the consent to footage and interviews being shown in public: this site "
        "no longer shows those in which they are seen or heard. Take down whatever was published "
        "elsewhere, or ask the platforms to.",
    ),
    "consents.withdrawn-abroad": (
        "有一位人员撤回了影像在境外平台播放的同意。有其形象或声音的影像不再提供给境外平台；已经发布的，请各平台撤下。",
        "A person withdrew the consent to footage being shown on platforms outside China. Give "
        "them nothing more in which this person is seen or heard, and ask them to take down what "
        "was posted.",
    ),
    "consents.alike-still": (
        "另有{count}条同名人员的记录仍同意登载：请核对是否同一人，是同一人的，在其页面登记撤回。",
        " {count} more under the same name still {count:agrees|agree}: check whether they are the "
        "same person, and if so record the withdrawal on their page.",
    ),
    "consents.told-recorded-subject": (
        "秘书处登记了您的同意：{programme}",
        "The secretariat recorded your consent: {programme}",
    ),
    "consents.told-recorded": (
        "秘书处依据书面材料登记了您的同意：{wording}如与事实不符，请在“我的账户”中撤回，并告知秘书处。",
        "From a paper the secretariat recorded that you consent: {wording} If this is wrong, "
        "withdraw it on your account page and tell the secretariat.",
    ),
}
